"""It keeps what a day changed, and adds the days up; an average is a total and a number."""

from datetime import timedelta

from .events import WorkItemAbandoned, WorkItemAdvanced, WorkItemRetired, WorkItemScheduled


class LeadTimes:
    def __init__(self):
        self._first = {}
        self._lead_times = []
        self._total, self._number = timedelta(), 0

    def project(self, stored):
        event = stored.event
        if isinstance(event, WorkItemScheduled) and event.work_item_id not in self._first:
            self._first[event.work_item_id] = stored.recorded_at
        if isinstance(event, WorkItemRetired):
            taken = stored.recorded_at - self._first[event.work_item_id]
            del self._first[event.work_item_id]
            self._lead_times += [(event.work_item_id, taken)]
            self._total += taken
            self._number += 1

    def average(self):
        return self._total / self._number if self._number else None


def _changes(event):
    """The places that one item entered (1) or left (-1)."""
    if isinstance(event, WorkItemScheduled):
        return [(event.column_id, 1)]
    if isinstance(event, WorkItemAdvanced):
        return [(event.from_column_id, -1), (event.to_column_id, 1)]
    if isinstance(event, WorkItemAbandoned):
        return [(event.column_id, -1)]
    if isinstance(event, WorkItemRetired):
        return [(event.column_id, -1), (FINISHED, 1)]
    return []


class CumulativeFlow:
    def project(self, stored):
        if stored.stream == self._stream:
            day = stored.recorded_at.astimezone(self._zone).date()
            for place, change in _changes(stored.event):
                changed = self._days.setdefault(day, {})
                changed[place] = changed.get(place, 0) + change

    def on(self, day):
        ended = {}
        for known, changed in self._days.items():
            if known <= day:
                for place, change in changed.items():
                    ended[place] = ended.get(place, 0) + change
        return ended
