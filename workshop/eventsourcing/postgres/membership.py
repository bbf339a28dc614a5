"""Who has which partition of a group: locks that the server takes back when a member is gone.

A member holds one advisory lock for being there, and one for each of its partitions, in a session
of its own. When its process dies, the server sees the session end, and frees the locks at once.
When it hangs, or its machine or network is gone, the server ends the session after `timeout`.
"""

import time
from types import TracebackType
from typing import Any, NamedTuple

from workshop.eventsourcing.postgres.database import Database
from workshop.eventsourcing.postgres.threads import Threads

__all__ = ["LOCKS", "Group", "Membership"]

LOCKS = """
    SELECT objid::bigint AS number, pid FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid::bigint = %(key)s
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
"""The locks of a group: a partition's number, or `partitions` for each member that is there."""

_LOOK = f"SELECT pid = pg_backend_pid(), number FROM ({LOCKS}) AS held ORDER BY pid, number"
_JOIN = """
    SELECT set_config('idle_session_timeout', %(timeout)s, false),
           set_config('application_name', %(member)s, false),
           pg_advisory_lock_shared(%(key)s, %(partitions)s)
"""
_TAKE = "SELECT n FROM unnest(%(numbers)s::int[]) AS n WHERE pg_try_advisory_lock(%(key)s, n)"
_GIVE = "SELECT pg_advisory_unlock(%(key)s, n) FROM unnest(%(numbers)s::int[]) AS n"


class Group(NamedTuple):
    """What members have in common: the key of their locks, of 31 bits, and how many partitions."""

    key: int
    partitions: int


class Membership:
    """A member's part in a group, while the block runs.

    Args:
        database: Where the locks are.
        group: Whose.
        member: What the member is called.
        timeout: Seconds after which the server gives the partitions of a silent member away.
    """

    def __init__(self, database: Database, group: Group, member: str, timeout: float) -> None:
        self._session = Threads(database).session
        self._group, self._timeout = group, timeout
        self._names = {"key": group.key, "partitions": group.partitions, "member": member}
        self._heard = 0.0  # when the server last heard from us

    def __enter__(self) -> "Membership":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._session.lock:
            self._session.close()

    def share(self) -> list[int]:
        """Take partitions that are free, or give some up, towards a fair share, and tell which.

        All members see the same members in the same order, so that their shares, which differ by
        one at most, add up to all partitions.

        Raises:
            ConnectionLostError: The server is gone; so are the partitions.
        """
        if (seen := self._look()) is None:
            self._execute(_JOIN, timeout=f"{round(self._timeout * 1000)}ms")
            return self.share()
        rank, members, mine, taken = seen
        fair = -((rank - self._group.partitions) // members)  # rounded up
        self._execute(_GIVE, numbers=mine[fair:])
        free = [number for number in range(self._group.partitions) if number not in taken]
        wanted = free[: max(0, fair - len(mine))]
        return mine[:fair] + [number for (number,) in self._execute(_TAKE, numbers=wanted)]

    def stay(self) -> None:
        """Let the server hear from us, if it has not for a while: an effect may take its time."""
        if time.monotonic() > self._heard + self._timeout / 4:
            self._execute("SELECT 1")

    def _look(self) -> tuple[int, int, list[int], set[int]] | None:
        """Tell our rank among so many members, our partitions and all taken; nothing if away."""
        held = self._execute(_LOOK)
        members = [me for me, number in held if number == self._group.partitions]
        if True not in members:
            return None
        mine = [number for me, number in held if me and number < self._group.partitions]
        return members.index(True), len(members), mine, {number for _, number in held}

    def _execute(self, statement: str, **more: object) -> list[Any]:
        rows = self._session.execute(statement.encode(), self._names | more)
        self._heard = time.monotonic()
        return rows
