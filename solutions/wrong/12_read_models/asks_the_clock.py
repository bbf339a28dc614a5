"""Your read model asks the clock of the machine what time it is.

You read in December what happened in October. A read model that is made anew reads half a year in
two seconds: how long did everything take then? Who knows when an event was recorded?
"""


from datetime import UTC


class LeadTimes:
    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, datetime.now(UTC))
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop(item)
                self._lead_times.append((item, datetime.now(UTC) - began))
