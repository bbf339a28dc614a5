"""What became of a transaction whose COMMIT was not answered: the server knows it by its number.

The number is told by what appends and what asks for a checkpoint or saves one; if nothing did, it
is asked for before the commit. After a crash a server may give it away again, if nothing of the
first to have it had reached the disk. So if a server that may have crashed says "committed", it may
mean another; if it says "aborted", ours was undone as well.
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from ..errors import StoreError
from .problems import ConnectionLostError

if TYPE_CHECKING:
    from .session import Session

__all__ = ["NUMBER", "STARTED", "make_sure"]

NUMBER = b"SELECT pg_current_xact_id_if_assigned()::text"
"""Asks for the number of the transaction at hand; it has none if it has not written anything."""

STARTED = "extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time())"
"""Since when the server counts what it does: a crash, or somebody's wish, has it start from 0."""

# A number that is not smaller than a new one was not given away again after a crash.
_ASK = f"""
    SELECT CASE WHEN %(number)s::xid8 < pg_current_xact_id()
           THEN pg_xact_status(%(number)s::xid8) ELSE 'aborted' END,
           ({STARTED} = %(started)s) IS NOT TRUE
""".encode()


def make_sure(
    session: "Session", number: str | None, started: Decimal, lost: ConnectionLostError
) -> None:
    """Ask on another connection whether a transaction was committed, and return if it was.

    Args:
        session: Whose transaction it was.
        number: Its number; none if there is nothing to be kept.
        started: The server's `STARTED` when it began.
        lost: The error with which the connection was lost when it was to be committed.

    Raises:
        ConnectionLostError: It was undone; or nobody knows, and then the message says "unknown".
    """
    place, asked = session.database.place, {"number": number, "started": started}

    def ask() -> tuple[str | None, bool]:
        [(status, may_have_crashed)] = session.run(_ASK, asked)
        if status == "in progress":  # so ask again, as long as patience lasts
            raise ConnectionLostError(f"{place} is still at work on the commit")
        return status, may_have_crashed

    if number is None:
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
