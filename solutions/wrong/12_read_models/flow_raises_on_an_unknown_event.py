"""Your cumulative flow stops at an event that it does not know.

Somebody renames the board, and your chart ends on that day. What could a renaming change in your
numbers? And what does a `match` do if no case fits?
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
            case _:
                raise ValueError(f"What does {stored.event!r} mean?")
        day = stored.recorded_at.astimezone(self._zone).date()
        self._days[day] = dict(self._now)
