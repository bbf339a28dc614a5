"""Your flow gives out a dictionary that it goes on changing.

Somebody asked at noon and drew a chart of the answer. In the afternoon, the numbers in their hands
change. Which lines of yours can reach the dictionary that you gave out?
"""


class CumulativeFlow:
    def project(self, stored):
        if stored.stream != self._stream:
            return
        day = stored.recorded_at.astimezone(self._zone).date()
        today = self._days.setdefault(day, Counter(self._now))
        match stored.event:
            case WorkItemScheduled(column_id=column):
                today[column] += 1
            case WorkItemAdvanced(from_column_id=left, to_column_id=entered):
                today[left] -= 1
                today[entered] += 1
            case WorkItemAbandoned(column_id=column):
                today[column] -= 1
            case WorkItemRetired(column_id=column):
                today[column] -= 1
                today[FINISHED] += 1
        self._now = Counter(today)
