"""Your days do not begin and end at midnight in the board's zone.

In UTC, a working day of a team in Auckland would begin in the middle of your day and end in the
next one. Who told you where the days of this board begin, and where have you kept it? What does a
clock on their wall show at the moment when an event was recorded?
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
