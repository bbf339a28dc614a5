"""Your days begin and end at midnight in UTC, wherever the board's people live.

For a team in Auckland, a working day would begin in the middle of your day and end in the next one.
Who told you where the days of this board begin, and where have you kept it?
"""


class CumulativeFlow:
    def project(self, stored):
        if stored.stream != self._stream:
            return
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
        day = stored.recorded_at.date()
        self._days[day] = dict(self._now)
