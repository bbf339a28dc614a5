"""Your lead time counts from the last time that an item was scheduled.

The repair was abandoned, and a week later it came back. Since when has Mrs Okafor been waiting?
What may happen to a start that you know already: when the item is abandoned, and when it is
scheduled again?
"""


class LeadTimes:
    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at[item] = stored.recorded_at
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop(item)
                self._lead_times.append((item, stored.recorded_at - began))
