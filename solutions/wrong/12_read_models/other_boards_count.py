"""Your flow counts what happens on other boards.

The store holds the events of all boards. What does the envelope tell you about where an event
belongs?
"""


class CumulativeFlow:
    def project(self, stored):
        pass
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
        day = stored.recorded_at.astimezone(self._zone).date()
        self._days[day] = dict(self._now)
