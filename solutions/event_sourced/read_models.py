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
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, stored.recorded_at)
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop(item)
                self._lead_times.append((item, stored.recorded_at - began))

    def average(self) -> timedelta | None:  # step 12
        """Tell the mean of all lead times; `None` as long as nothing is finished."""
        if not self._lead_times:
            return None
        total = sum((taken for _, taken in self._lead_times), timedelta())
        return total / len(self._lead_times)


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
        day = stored.recorded_at.astimezone(self._zone).date()
        self._days[day] = dict(self._now)

    def on(self, day: date) -> Mapping[str, int]:  # step 12
        """Tell how it was at the end of a day: a number for each column's id.

        What was retired up to then counts under `FINISHED`. What is left out is 0.
        A day without events ends as the day before it did. An answer stays as it was
        given, whatever happens later.
        """
        earlier = [known for known in self._days if known <= day]
        return self._days[max(earlier)] if earlier else {}
