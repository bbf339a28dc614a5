"""A process manager: when this happens, see to it that that is done.

Whenever a column fills up, the team wants to talk about it. So each time, a work item
is registered: *Talk about Doing: it is full*. Each time means once, however often the
event is delivered, and however late.
"""

from contextlib import suppress
from datetime import timedelta

from workshop.eventsourcing import ConcurrencyError, Event, Projection, StoredEvent

from .board import Board, Column
from .event_store import SqliteEventStore
from .events import WipLimitChanged, WorkItemAdvanced, WorkItemScheduled
from .repository import BoardRepository
from .work_item import WorkItem, register_work_item

__all__ = ["FullColumnTalks", "just_filled", "talk_about"]


def just_filled(before: Board, after: Board) -> tuple[Column, ...]:  # step 18
    """Find the columns that are full on the second board, and were not on the first.

    A column is full when it has a limit, and no room for one more item.

    Args:
        before: A board as it was before an event.
        after: The same board after it.
    """
    raise NotImplementedError("step 18: just_filled")


def talk_about(column: Column, stored: StoredEvent[Event]) -> WorkItem:  # step 18
    """Make the work item for a column that an event filled: a talk.

    Its name is `Talk about Doing: it is full`, with the column's name. It is due on the
    day after the event was recorded, in UTC. Its id is made of the event's position and
    the column's id, so that the same event asks for the same talk each time.
    """
    raise NotImplementedError("step 18: talk_about")


class FullColumnTalks(Projection):
    """Asks for a talk whenever a column fills up; a `Subscription` brings the events.

    It wants to see the events that can fill a column. No other event does.

    Args:
        store: Where the boards are, and where the talks are recorded.
    """

    name = "full-column-talks"
    types = (WorkItemScheduled, WorkItemAdvanced, WipLimitChanged)

    def __init__(self, store: SqliteEventStore) -> None:
        self._store = store
        self._boards = BoardRepository(store)

    def project(self, stored: StoredEvent[Event]) -> None:  # step 18
        """Ask for a talk about each column that the event filled.

        The event is in the stream `board-` with the board's id. The board is looked at
        as it was right before the event and right after it, since it may have changed
        again. What is pending in the talk is recorded in a stream of its own:
        `work-item-` with the talk's id. The metadata says, as `causation_id`, the
        position of the event that the talk follows from, as text.

        The same event may come again, in a program that remembers nothing. If the
        talk's stream is there already, the talk was asked for before: there is nothing
        left to do. Every other error goes up, so that the event is not taken for done.
        """
        raise NotImplementedError("step 18: FullColumnTalks.project")
