"""Subscriptions: readers that follow the store, each at its own pace.

A read model is kept in a table of the store's own file. So what an event does to it,
and the checkpoint that says how far its reader has come, can be committed together.
"""

from collections.abc import Iterable, Mapping

from workshop.eventsourcing import Event, Projection, ProjectionError, StoredEvent

from .event_store import SqliteEventStore
from .events import (
    WorkItemAbandoned,
    WorkItemAdvanced,
    WorkItemRetired,
    WorkItemScheduled,
)

__all__ = ["ColumnCounts", "Subscription", "run_all"]


class ColumnCounts(Projection):
    """How many items are in each column of all boards, in a table.

    The table survives the program. It is added to and subtracted from: if an event
    reaches it twice, it is wrong from then on.

    Args:
        store: The store in whose file the table is.
        name: Whose checkpoint counts for it; under another name it is another reader.
    """

    types = (
        WorkItemScheduled,
        WorkItemAdvanced,
        WorkItemAbandoned,
        WorkItemRetired,
    )

    def __init__(
        self, store: SqliteEventStore, name: str = "column-counts"
    ) -> None:
        self.name = name
        self._connection = store.connection
        self._connection.execute("""
            CREATE TABLE IF NOT EXISTS column_counts (
                reader    TEXT    NOT NULL,
                column_id TEXT    NOT NULL,
                items     INTEGER NOT NULL,
                PRIMARY KEY (reader, column_id)
            ) STRICT
        """)

    def counts(self) -> Mapping[str, int]:
        """Tell how many items there are, by column id; what is left out has none."""
        rows = self._connection.execute(
            "SELECT column_id, items FROM column_counts WHERE reader = ?",
            [self.name],
        )
        return dict(rows.fetchall())

    def project(self, stored: StoredEvent[Event]) -> None:
        """Take one more event into account."""
        match stored.event:
            case WorkItemScheduled(column_id=entered):
                self._add(entered, 1)
            case WorkItemAdvanced(from_column_id=left, to_column_id=entered):
                self._add(left, -1)
                self._add(entered, 1)
            case (
                WorkItemAbandoned(column_id=left) | WorkItemRetired(column_id=left)
            ):
                self._add(left, -1)

    def _add(self, column_id: str, items: int) -> None:
        self._connection.execute(
            """
            INSERT INTO column_counts VALUES (?, ?, ?)
            ON CONFLICT (reader, column_id) DO UPDATE SET items = items + excluded.items
            """,
            [self.name, column_id, items],
        )


class Subscription:
    """Brings the events of a store to a projection: each once, and in order.

    Args:
        store: Where the events are, and the checkpoint of the projection's `name`.
        projection: What they are for.
    """

    def __init__(self, store: SqliteEventStore, projection: Projection) -> None:
        self._store = store
        self._projection = projection

    @property
    def name(self) -> str:
        """Whose checkpoint it is."""
        return self._projection.name

    def run_once(self) -> int:  # step 13
        """Deliver what was recorded since the last time; tell how many events it was.

        The checkpoint is the position of the last event that had its effect. It moves
        in one transaction with that effect: whoever dies in between has done neither.

        The store tells events in the order of their positions, but maybe one of them
        again. Another process may have taken an event meanwhile, under the same name.
        Up to the checkpoint all had their effect: they are passed over, uncounted.

        Others append while this runs. Finish reading before the first transaction, with
        `list(…)`: SQLite begins none in the middle of a read that is out of date.

        Raises:
            ProjectionError: The projection failed on an event. All before it had their
                effect, it had none, and the next run begins with it.
        """
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            with self._store.transaction():
                if stored.position > self._store.checkpoint(self.name):
                    self._project(stored)
                    self._store.save_checkpoint(self.name, stored.position)
                    delivered += 1
        return delivered

    def _project(self, stored: StoredEvent[Event]) -> None:
        """Have the effect of one event, or say on which event it failed.

        Raises:
            ProjectionError: The projection failed on it.
        """
        try:
            self._projection.project(stored)
        except Exception as error:
            raise ProjectionError(
                self.name, stored.position, stored.event
            ) from error


def run_all(  # step 13
    subscriptions: Iterable[Subscription],
) -> tuple[ProjectionError, ...]:
    """Run each subscription once, those behind a failing one too; give the failures.

    What is no `ProjectionError` is the store's, and stops them all: it is not caught.
    """
    failures = []
    for subscription in subscriptions:
        try:
            subscription.run_once()
        except ProjectionError as error:
            failures.append(error)
    return tuple(failures)
