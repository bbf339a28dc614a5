"""A reader: with others of its group, it keeps a read model up to date."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exercises.event_sourced import events
from workshop.eventsourcing import Event, Projection, StoredEvent
from workshop.eventsourcing.postgres import PostgresEventStore, SubscriptionGroup

__all__ = ["ItemsInColumns", "group", "missed_and_doubled"]

PARTITIONS = 6
EFFECT = 0.08  # seconds that an event takes, as if there was more to do than to count


class ItemsInColumns(Projection):
    """How many items are in each column of each board, in a table that several readers share.

    It is added to and subtracted from: an event that is missed or doubled would be seen for ever.

    Args:
        store: The store in whose database the table is.
        reader: Who counts.
        name: Whose counts these are; all readers of a group have one name.
        effect: Seconds to take for an event.
    """

    types = (
        events.WorkItemScheduled,
        events.WorkItemAdvanced,
        events.WorkItemAbandoned,
        events.WorkItemRetired,
    )

    def __init__(
        self,
        store: PostgresEventStore,
        reader: str,
        *,
        name: str = "items-in-columns",
        effect: float = 0.0,
    ) -> None:
        self.name = name
        self._store, self._reader, self._effect = store, reader, effect

    def make_tables(self) -> None:
        """Make the table of the counts, and the one that says who counted which event."""
        with self._store.transaction():
            self._store.connection.execute("""
                CREATE TABLE items_in_columns (
                    name text, board text, column_id text, items integer NOT NULL,
                    PRIMARY KEY (name, board, column_id)
                );
                CREATE TABLE counted (name text, reader text, position bigint);
            """)

    def project(self, stored: StoredEvent[Event]) -> None:
        """Take one more event into account, in the transaction that moves the checkpoint."""
        connection = self._store.connection
        for column_id, more in _changes(stored.event):
            connection.execute(
                """
                INSERT INTO items_in_columns AS n VALUES (%s, %s, %s, %s)
                ON CONFLICT (name, board, column_id)
                DO UPDATE SET items = n.items + excluded.items
                """,
                [self.name, stored.stream, column_id, more],
            )
        row = [self.name, self._reader, stored.position]
        connection.execute("INSERT INTO counted VALUES (%s, %s, %s)", row)
        time.sleep(self._effect)

    def items(self) -> Mapping[tuple[str, str], int]:
        """Tell how many items there are, by board and column."""
        rows = self._read("SELECT board, column_id, items FROM items_in_columns WHERE name = %s")
        return {(board, column_id): items for board, column_id, items in rows}

    def counted(self) -> Sequence[tuple[int, str]]:
        """Tell the position of each event that was counted, and who counted it."""
        return self._read("SELECT position, reader FROM counted WHERE name = %s")

    def _read(self, statement: str) -> list[Any]:
        with self._store.transaction():
            return self._store.connection.execute(statement, [self.name]).fetchall()


def _changes(event: Event) -> Iterator[tuple[str, int]]:
    match event:
        case events.WorkItemScheduled(column_id=entered):
            yield entered, 1
        case events.WorkItemAdvanced(from_column_id=left, to_column_id=entered):
            yield left, -1
            yield entered, 1
        case events.WorkItemAbandoned(column_id=left) | events.WorkItemRetired(column_id=left):
            yield left, -1


def group(store: PostgresEventStore, reader: str) -> SubscriptionGroup:
    """Give the group of the readers, for one of them to run, or for somebody to look at."""
    counting = ItemsInColumns(store, reader, effect=EFFECT)
    return SubscriptionGroup(store, counting, partitions=PARTITIONS, member=reader)


def missed_and_doubled(store: PostgresEventStore) -> tuple[int, int]:
    """Tell how many events the group has not counted, and how many more than once."""
    times = Counter(position for position, _ in ItemsInColumns(store, "nobody").counted())
    all_ = [times[stored.position] for stored in store.read_all(types=ItemsInColumns.types)]
    return sum(n == 0 for n in all_), sum(n > 1 for n in all_)
