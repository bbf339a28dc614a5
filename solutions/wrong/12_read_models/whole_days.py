"""Your lead times are cut down to whole days.

A customer who waited for 47 hours would be told 24. What type does one moment minus another have,
and does it need to be made smaller?
"""


class LeadTimes:
    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, stored.recorded_at)
            case WorkItemRetired(work_item_id=item):
                taken = stored.recorded_at - self._scheduled_at.pop(item)
                self._lead_times.append((item, timedelta(days=taken.days)))
