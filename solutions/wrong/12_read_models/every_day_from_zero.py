"""Your flow does not tell at the end of a day all that was done up to it.

An item that was scheduled on Monday is still there on Tuesday, though no event of Tuesday says so.
What do you know in the morning, before the first event of the day? And which of all the days before
does `on` go back to?
"""


class CumulativeFlow:
    def project(self, stored):
        if stored.stream != self._stream:
            return
        today = stored.recorded_at.astimezone(self._zone).date()
        if today not in self._days:
            self._now.clear()
        match stored.event:
            case WorkItemScheduled(column_id=column):
                self._now[column] += 1
            case WorkItemAdvanced(from_column_id=left, to_column_id=entered):
                self._now[left] -= 1
                self._now[entered] += 1
            case WorkItemAbandoned(column_id=column):
                self._now[column] -= 1
            case WorkItemRetired(column_id=column):
                self._now[column] -= 1
                self._now[FINISHED] += 1
        self._days[today] = dict(self._now)
