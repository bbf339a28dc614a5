"""What became of a transaction whose COMMIT was not answered: the server knows it by its number.

The number is told when the transaction begins, in the same round trip. After a crash a server may
give it away again, if nothing of the first to have it had reached the disk. So if a server that may
have crashed says "committed", it may mean another; if it says "aborted", ours was undone as well.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..errors import StoreError
from .problems import ConnectionLostError

if TYPE_CHECKING:
    from .session import Session

__all__ = ["BEGIN", "STARTED", "Begun", "make_sure"]

# A standby gives no numbers, and keeps nothing that could be lost.
BEGIN = b"BEGIN; SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_xact_id() END"

STARTED = "extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time())"
"""Since when the server counts what it does: a crash, or somebody's wish, has it start from 0."""

# A number that is not smaller than a new one was not given away again after a crash.
_ASK = f"""
    SELECT CASE WHEN %(number)s::xid8 < pg_current_xact_id()
           THEN pg_xact_status(%(number)s::xid8) ELSE 'aborted' END,
           ({STARTED} = %(started)s) IS NOT TRUE
""".encode()


class Begun(NamedTuple):
    """A transaction that has begun.

    Attributes:
        number: The server's, unless it is a standby.
        started: The server's `STARTED` then.
    """

    number: str | None
    started: Decimal


def make_sure(session: "Session", begun: Begun, lost: ConnectionLostError) -> None:
    """Ask on another connection whether a transaction was committed, and return if it was.

    Args:
        session: Whose transaction it was.
        begun: Which.
        lost: The error with which the connection was lost when it was to be committed.

    Raises:
        ConnectionLostError: It was undone; or nobody knows, and then the message says "unknown".
    """
    place = session.database.place

    def ask() -> tuple[str | None, bool]:
        [(status, may_have_crashed)] = session.run(_ASK, begun._asdict())
        if status == "in progress":  # so ask again, as long as patience lasts
            raise ConnectionLostError(f"{place} is still at work on the commit")
        return status, may_have_crashed

    if begun.number is None:
        return
    try:
        status, may_have_crashed = session.attempt(ask)
    except StoreError as error:
        raise _unknown(lost, str(error)) from lost
    if status == "aborted":
        raise ConnectionLostError(
            f"{place} broke the connection at the commit, and kept nothing of the transaction; "
            f"do all of it again"
        ) from lost
    if status is None or may_have_crashed:
        raise _unknown(lost, "the server may have crashed and given its number to another")


def _unknown(lost: ConnectionLostError, why: str) -> ConnectionLostError:
    return ConnectionLostError(
        f"{lost}; whether the transaction was kept is unknown, as {why}: look for what it wrote, "
        f"and if it is not there, do all of it again"
    )
