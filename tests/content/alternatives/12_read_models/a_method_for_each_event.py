"""A method for each kind of event; the days are a sorted list, and every column is a set of items."""

from bisect import bisect_right
from functools import singledispatchmethod
from types import MappingProxyType

from workshop.eventsourcing import Event

from .events import WorkItemAbandoned, WorkItemAdvanced, WorkItemRetired, WorkItemScheduled


class LeadTimes:
    def project(self, stored):
        self._on(stored.event, stored.recorded_at)

    @singledispatchmethod
    def _on(self, event: Event, moment):
        pass

    @_on.register
    def _(self, event: WorkItemScheduled, moment):
        self._scheduled_at[event.work_item_id] = min(
            moment, self._scheduled_at.get(event.work_item_id, moment)
        )

    @_on.register
    def _(self, event: WorkItemRetired, moment):
        began = self._scheduled_at.pop(event.work_item_id)
        self._lead_times.append((event.work_item_id, moment - began))

    def average(self):
        seconds = [taken.total_seconds() for _, taken in self.finished]
        if seconds:
            return timedelta(seconds=sum(seconds) / len(seconds))
        return None


class CumulativeFlow:
    def __init__(self, board_id, *, zone=UTC):
        self._stream, self._zone = f"board-{board_id}", zone
        self._columns, self._finished = {}, 0
        self._known, self._ends = [], []

    def project(self, stored):
        if stored.stream != self._stream or not isinstance(stored.event, self.types):
            return
        self._on(stored.event)
        day = stored.recorded_at.astimezone(self._zone).date()
        if self._known and self._known[-1] == day:
            self._known.pop()
            self._ends.pop()
        ended = {column: len(items) for column, items in self._columns.items()}
        self._known.append(day)
        self._ends.append(MappingProxyType({**ended, FINISHED: self._finished}))

    @singledispatchmethod
    def _on(self, event):
        raise TypeError(event)

    @_on.register
    def _(self, event: WorkItemScheduled):
        self._columns.setdefault(event.column_id, set()).add(event.work_item_id)

    @_on.register
    def _(self, event: WorkItemAdvanced):
        self._columns[event.from_column_id].remove(event.work_item_id)
        self._columns.setdefault(event.to_column_id, set()).add(event.work_item_id)

    @_on.register
    def _(self, event: WorkItemAbandoned):
        self._columns[event.column_id].remove(event.work_item_id)

    @_on.register
    def _(self, event: WorkItemRetired):
        self._columns[event.column_id].remove(event.work_item_id)
        self._finished += 1

    def on(self, day):
        place = bisect_right(self._known, day)
        return self._ends[place - 1] if place else {}
