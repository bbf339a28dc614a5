"""Your flow knows nothing of the days on which something happened.

Read half a year from a store today, and under which day does each event go? The envelope tells you
when it was recorded, and the name of the stream tells you for which board. Does any event of the
board come so far?
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
        self._days[date.today()] = dict(self._now)
