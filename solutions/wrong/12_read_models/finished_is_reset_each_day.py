"""Your flow forgets each night what was finished before.

*Cumulative* means that it adds up. What does your lowest band do from day to day, and what should
it never do?
"""


class CumulativeFlow:
    def project(self, stored):
        if stored.stream != self._stream:
            return
        today = stored.recorded_at.astimezone(self._zone).date()
        if today not in self._days:
            self._now[FINISHED] = 0
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
