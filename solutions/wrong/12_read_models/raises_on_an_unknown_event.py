"""Your lead times stop at an event that they do not know.

A board has to know every event, or it is wrong. Does a read model that answers one question? Which
last case would a projection's `match` have, and does it need one?
"""


class LeadTimes:
    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, stored.recorded_at)
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop(item)
                self._lead_times.append((item, stored.recorded_at - began))
            case _:
                raise ValueError(f"What does {stored.event!r} mean?")
