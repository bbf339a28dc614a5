"""Who has which partition of a group: locks that the server takes back when a member is gone.

A member holds one advisory lock for being there, and one for each of its partitions, in a session
of its own. When its process dies, the server sees the session end, and frees the locks at once.
When it hangs, or its machine or network is gone, the server ends the session after `timeout`.
"""

from time import monotonic
from types import TracebackType
from typing import Any

from .database import Database
from .founding import Group
from .problems import ConnectionLostError
from .threads import Threads

__all__ = ["LOCKS", "Membership"]

LOCKS = """(
    SELECT objid::bigint AS number, pid FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid::bigint = %(key)s
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)"""
"""The locks of a group: a partition's number, or `partitions` for each member that is there."""

_LOOK = f"SELECT pid = pg_backend_pid(), number FROM {LOCKS} AS held ORDER BY pid, number"
_JOIN = """
    SELECT set_config('idle_session_timeout', %(timeout)s, false),
           set_config('application_name', %(member)s, false),
           pg_advisory_lock_shared(%(key)s, %(partitions)s)
"""
_TAKE = "SELECT n FROM unnest(%(numbers)s::int[]) AS n WHERE pg_try_advisory_lock(%(key)s, n)"
_GIVE = "SELECT pg_advisory_unlock(%(key)s, n) FROM unnest(%(numbers)s::int[]) AS n"


class Membership:
    """A member's part in a group, while the block runs.

    Args:
        database: Where the locks are.
        group: Whose.
        member: What the member is called.
        timeout: Seconds after which the server gives the partitions of a silent member away.
        interval: Seconds between two looks at who is there, if that is often enough to be heard.
    """

    def __init__(
        self, database: Database, group: Group, member: str, timeout: float, interval: float
    ) -> None:
        self._session, self._partitions = Threads(database).session, group.partitions
        names = {"member": member, "timeout": f"{round(timeout * 1000)}ms"}
        self._names = {"key": group.key, "partitions": group.partitions, **names}
        self.interval = min(interval, timeout / 4)
        self._own, self._next_look = list[int](), 0.0

    def __enter__(self) -> "Membership":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def share(self) -> list[int]:
        """Tell which partitions are ours; ask it often, it looks once in an `interval`.

        Then it takes partitions that are free, or gives some up, towards a fair share. All members
        see the same members in the same order, so that their shares, which differ by one at most,
        add up to all partitions.

        Raises:
            ConnectionLostError: The server is gone, and with it what we had.
        """
        if monotonic() > self._next_look:
            rank, members, mine, free = self._look() or self._join()
            fair = -((rank - self._partitions) // members)  # rounded up
            if mine[fair:]:
                self._execute(_GIVE, numbers=mine[fair:])
            wanted = free[: max(0, fair - len(mine))]
            taken = self._execute(_TAKE, numbers=wanted) if wanted else []
            self._own = mine[:fair] + [number for (number,) in taken]
            self._next_look = monotonic() + self.interval
        return self._own

    def _join(self) -> tuple[int, int, list[int], list[int]]:
        self._execute(_JOIN)
        if (seen := self._look()) is None:
            place = self._session.database.place
            raise ConnectionLostError(
                f"{place} has lost a session's locks; if it goes on doing so, connect to the "
                f"server itself, and not to a pool that shares its sessions"
            )
        return seen

    def _look(self) -> tuple[int, int, list[int], list[int]] | None:
        """Tell our rank among so many members, which partitions are ours, and which are free.

        We may not be one of them: at first, and whenever the session was lost.
        """
        held = self._execute(_LOOK)
        members = [me for me, number in held if number == self._partitions]
        if True not in members:
            return None
        mine = [number for me, number in held if me and number < self._partitions]
        free = set(range(self._partitions)).difference(number for _, number in held)
        return members.index(True), len(members), mine, sorted(free)

    def _execute(self, statement: str, **more: object) -> list[Any]:
        return self._session.execute(statement.encode(), self._names | more)
