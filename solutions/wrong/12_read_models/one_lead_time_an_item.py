"""Your read model keeps one lead time for each item, and an item can be finished more than once.

The repair came back, and took another day. What becomes of what you knew about its first time?
"""


class LeadTimes:
    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, stored.recorded_at)
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop(item)
                others = [known for known in self._lead_times if known[0] != item]
                self._lead_times = [*others, (item, stored.recorded_at - began)]
