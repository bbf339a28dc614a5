"""Read models: what happened, told for questions that the board does not answer.

A projection receives one stored event after the other, in the order in which they were
recorded. It may pass over what it does not need. Time comes from the event's envelope.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

from workshop.eventsourcing import Event, Projection, StoredEvent

from .events import (
    WorkItemAbandoned,
    WorkItemAdvanced,
    WorkItemRetired,
    WorkItemScheduled,
)

__all__ = ["FINISHED", "CumulativeFlow", "LeadTimes"]

FINISHED = "finished"
"""Where an item is after it was retired: behind the last column."""


class LeadTimes(Projection):
    """How long finished work took: from when it was first scheduled until retired.

    Work that was abandoned has no lead time. If it is scheduled again later, its time
    still counts from the first time. After an item was retired, it begins anew.
    """

    name = "lead-times"
    types = (WorkItemScheduled, WorkItemRetired)

    def __init__(self) -> None:
        self._scheduled_at: dict[str, datetime] = {}  # of what is not retired
        self._lead_times: list[tuple[str, timedelta]] = []

    @property
    def finished(self) -> tuple[tuple[str, timedelta], ...]:
        """Items with their lead times, the one that was finished first in front."""
        return tuple(self._lead_times)

    def project(self, stored: StoredEvent[Event]) -> None:  # step 12
        """Take one more event into account: remember a start, or add a lead time.

        Other events are passed over, kinds that do not exist yet included. Time comes
        from `stored.recorded_at`: what is read today may have happened last year.
        """
        raise NotImplementedError("step 12: LeadTimes.project")

    def average(self) -> timedelta | None:  # step 12
        """Tell the mean of all lead times; `None` as long as nothing is finished."""
        raise NotImplementedError("step 12: LeadTimes.average")


class CumulativeFlow(Projection):
    """How many items were in each column of a board, and finished, day by day.

    Args:
        board_id: The board; what happens on others does not count.
        zone: Where its days begin and end.
    """

    name = "cumulative-flow"
    types = (
        WorkItemScheduled,
        WorkItemAdvanced,
        WorkItemAbandoned,
        WorkItemRetired,
    )

    def __init__(self, board_id: str, *, zone: tzinfo = UTC) -> None:
        self._stream = f"board-{board_id}"
        self._zone = zone
        self._now: Counter[str] = Counter()  # what is not in it counts as 0
        self._days: dict[date, Mapping[str, int]] = {}  # how each day ended

    def project(self, stored: StoredEvent[Event]) -> None:  # step 12
        """Take one more event into account: who left which column, and entered which?

        Events of other boards are passed over, and so are those that move no item. The
        day is that of `stored.recorded_at`, in the zone.
        """
        raise NotImplementedError("step 12: CumulativeFlow.project")

    def on(self, day: date) -> Mapping[str, int]:  # step 12
        """Tell how it was at the end of a day: a number for each column's id.

        What was retired up to then counts under `FINISHED`. What is left out is 0.
        A day without events ends as the day before it did. An answer stays as it was
        given, whatever happens later.
        """
        raise NotImplementedError("step 12: CumulativeFlow.on")
