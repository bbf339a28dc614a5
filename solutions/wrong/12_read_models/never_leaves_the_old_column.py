"""Your advanced item is in two columns: it enters the new one and does not leave the old one.

Add up your columns after one item has gone all the way. How many items does the board have? Which
field of the event have you not used?
"""


class CumulativeFlow:
    def project(self, stored):
        if stored.stream != self._stream:
            return
        match stored.event:
            case WorkItemScheduled(column_id=column):
                self._now[column] += 1
            case WorkItemAdvanced(from_column_id=left, to_column_id=entered):
                self._now[entered] += 1
            case WorkItemAbandoned(column_id=column):
                self._now[column] -= 1
            case WorkItemRetired(column_id=column):
                self._now[column] -= 1
                self._now[FINISHED] += 1
        day = stored.recorded_at.astimezone(self._zone).date()
        self._days[day] = dict(self._now)
