"""How far the partitions of a group are."""

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import NamedTuple

from .founding import Group
from .membership import LOCKS
from .pages import HASH
from .store import PostgresEventStore

__all__ = ["PartitionProgress", "Watch"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# What was done since the last look is counted in the log, so that followers need not count.
_LOOK = f"""
    WITH places AS (
        SELECT number, coalesce(position, 0) AS position, coalesce(seen, position, 0) AS seen
        FROM unnest(%(numbers)s::int[], %(seen)s::bigint[]) AS looked (number, seen)
        LEFT JOIN {{schema}}.checkpoints ON name = %(name)s || '/' || number
    ), log AS (
        SELECT {HASH} %% cardinality(%(numbers)s::int[]) AS number, position, recorded_at
        FROM {{schema}}.events
        WHERE position > (SELECT min(seen) FROM places)
        AND (cardinality(%(events)s::text[]) = 0 OR name = ANY(%(events)s))
    )
    SELECT p.number, p.position,
           count(*) FILTER (WHERE log.position > p.position),
           min(recorded_at) FILTER (WHERE log.position > p.position),
           count(*) FILTER (WHERE log.position <= p.position),
           coalesce(max(application_name), 'process ' || max(pid))
    FROM places AS p LEFT JOIN log ON log.number = p.number AND log.position > p.seen
    LEFT JOIN {LOCKS} AS held ON held.number = p.number LEFT JOIN pg_stat_activity USING (pid)
    GROUP BY p.number, p.position ORDER BY p.number
"""


class PartitionProgress(NamedTuple):
    """How far one partition is.

    Attributes:
        partition: Its number, from 0.
        position: Up to where its events have had their effect.
        lag: So many of its events wait.
        waiting_since: When the first of them was recorded; none if none waits.
        rate: Events a second since the last look; none at the first.
        owner: The member that follows it; none if nobody does.
    """

    partition: int
    position: int
    lag: int
    waiting_since: datetime | None
    rate: float | None
    owner: str | None


class Watch:
    """Looks at a group now and then, and remembers its last look.

    Args:
        store: Where the group is.
        group: Which.
    """

    def __init__(self, store: PostgresEventStore, group: Group) -> None:
        self._store = store
        numbers = list(range(group.partitions))
        self._asked = {**group._asdict(), "numbers": numbers}
        self._seen: list[int | None] = [None] * group.partitions
        self._at = 0.0

    def look(self) -> list[PartitionProgress]:
        """Tell how far each partition is.

        The events that wait are counted: if they are 100,000, that takes some tenths of a second.
        """
        rows, now = self._store._execute(_LOOK, self._asked | {"seen": self._seen}), monotonic()
        passed, self._at = now - self._at, now
        found = [
            PartitionProgress(
                number,
                position,
                lag,
                None if since is None else _EPOCH + timedelta(microseconds=since),
                None if self._seen[number] is None else done / max(passed, 0.001),
                owner,
            )
            for number, position, lag, since, done, owner in rows
        ]
        self._seen = [each.position for each in found]
        return found
