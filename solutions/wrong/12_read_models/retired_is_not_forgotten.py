"""Your lead time of an item that comes back counts from before it was retired.

The repair was finished in October and broke again in December. Was anybody waiting in November?
What has to happen to its start when an item is retired?
"""


class LeadTimes:
    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, stored.recorded_at)
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at[item]
                self._lead_times.append((item, stored.recorded_at - began))
