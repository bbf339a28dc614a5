"""It keeps what it has read, and works out the answer when it is asked."""

from collections import Counter
from datetime import UTC, timedelta
from itertools import takewhile
from statistics import mean

from workshop.eventsourcing import Projection

from .events import WorkItemAbandoned, WorkItemAdvanced, WorkItemRetired, WorkItemScheduled

__all__ = ["FINISHED", "CumulativeFlow", "LeadTimes"]

FINISHED = "finished"


class LeadTimes(Projection):
    name = "lead-times"
    types = (WorkItemScheduled, WorkItemRetired)

    def __init__(self):
        self._read = []

    def project(self, stored):
        if isinstance(stored.event, self.types):
            self._read.append((stored.event, stored.recorded_at))

    @property
    def finished(self):
        return tuple(
            (event.work_item_id, moment - self._began(event.work_item_id, index))
            for index, (event, moment) in enumerate(self._read)
            if isinstance(event, WorkItemRetired)
        )

    def _began(self, item, end):
        began = None
        for event, moment in self._read[:end]:
            if event.work_item_id != item:
                continue
            if isinstance(event, WorkItemRetired):
                began = None
            elif began is None:
                began = moment
        return began

    def average(self):
        seconds = [taken.total_seconds() for _, taken in self.finished]
        return timedelta(seconds=mean(seconds)) if seconds else None


class CumulativeFlow(Projection):
    name = "cumulative-flow"
    types = (WorkItemScheduled, WorkItemAdvanced, WorkItemAbandoned, WorkItemRetired)

    def __init__(self, board_id, *, zone=UTC):
        self._board_id = board_id
        self._zone = zone
        self._read = []

    def project(self, stored):
        category, _, board_id = stored.stream.partition("-")
        if (category, board_id) == ("board", self._board_id):
            self._read.append(stored)

    def on(self, day):
        places = [FINISHED]
        for stored in takewhile(lambda s: self._day(s) <= day, self._read):
            event = stored.event
            match event:
                case WorkItemScheduled():
                    places.append(event.column_id)
                case WorkItemAdvanced():
                    places[places.index(event.from_column_id)] = event.to_column_id
                case WorkItemAbandoned():
                    places.remove(event.column_id)
                case WorkItemRetired():
                    places[places.index(event.column_id)] = FINISHED
        return Counter(places) - Counter([FINISHED])

    def _day(self, stored):
        return stored.recorded_at.astimezone(self._zone).date()
