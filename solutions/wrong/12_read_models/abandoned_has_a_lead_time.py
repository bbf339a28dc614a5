"""Your lead times count work that was abandoned.

Giving up goes fast. What happens to your average when the team abandons twenty things in one
afternoon? And which of its two ways off the board makes an item finished?
"""


class LeadTimes:
    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, stored.recorded_at)
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop(item)
                self._lead_times.append((item, stored.recorded_at - began))
            case WorkItemAbandoned(work_item_id=item):
                began = self._scheduled_at.pop(item)
                self._lead_times.append((item, stored.recorded_at - began))
