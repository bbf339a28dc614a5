"""Your flow counts abandoned work as finished.

A team that gives everything up would look busy in your chart. Two events take an item off the
board. What did the team want, in either case?
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
                self._now[FINISHED] += 1
            case WorkItemRetired(column_id=column):
                self._now[column] -= 1
                self._now[FINISHED] += 1
        day = stored.recorded_at.astimezone(self._zone).date()
        self._days[day] = dict(self._now)
