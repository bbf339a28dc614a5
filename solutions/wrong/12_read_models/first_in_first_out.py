"""Your lead times belong to other items: whatever is retired gets the start that is oldest.

The report was there before the repair, and the repair was finished first. An event says which item
it is about. Where do you look that up?
"""


class LeadTimes:
    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, stored.recorded_at)
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop(next(iter(self._scheduled_at)))
                self._lead_times.append((item, stored.recorded_at - began))
