"""Your retired item leaves its column and does not get anywhere.

In a cumulative flow, the lowest band shows what has been finished so far. Under which name does the
docstring promise it?
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
        day = stored.recorded_at.astimezone(self._zone).date()
        self._days[day] = dict(self._now)
