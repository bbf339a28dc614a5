"""Your read models share what they remember: a second one begins with what the first one has read.

To make a read model again, you make a new object and let it read from the first event. Where does
a value live that is written beside the methods, and not in `__init__`?
"""


class LeadTimes:
    _all = []

    @property
    def finished(self):
        return tuple(self._all)

    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, stored.recorded_at)
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop(item)
                self._all.append((item, stored.recorded_at - began))
                self._lead_times.append((item, stored.recorded_at - began))
