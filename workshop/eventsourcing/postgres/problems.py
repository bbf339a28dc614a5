"""What PostgreSQL's errors mean, in one sentence each, and what to do."""

import psycopg
from psycopg.pq import TransactionStatus

from ..errors import StoreError

__all__ = [
    "ConnectionLostError",
    "UnreachableError",
    "check_transaction",
    "explain",
    "explain_connecting",
    "raise_if_lost",
]


class ConnectionLostError(StoreError):
    """The connection broke while a statement was on its way: perhaps it was done, perhaps not."""


class UnreachableError(ConnectionLostError):
    """The server cannot be reached just now; nothing was sent to it."""


_BROKEN = "broke the connection inside a transaction, and keeps nothing of it; do all of it again"
_LATER = "do it again, all of it"
_PROBLEMS = {  # by SQLSTATE, or its first two characters, which say the kind
    "25006": "is read-only, perhaps as a standby; connect to the primary, or make it writable",
    "40P01": f"undid this to end a deadlock with another transaction; {_LATER}",
    "40": f"undid this because of another transaction; {_LATER}",
    "42501": "does not allow this; grant the user USAGE and CREATE on the schema, and the rights "
    "to its tables",
    "53100": "cannot grow: its disk is full; free some space and try again",
    "53200": "has no memory left; give it more, or have it do less at once",
    "53300": "has no connection left; close some, or raise max_connections",
    "53": "lacks resources; see its log",
    "55P03": "is locked by another transaction; let that finish, or raise lock_timeout",
    "57014": "gave up on this, as statement_timeout or somebody asked it to; try again",
    "3F000": "lacks the schema; see that nobody dropped it, or restore a backup",
    "42P01": "lacks a table; see that nobody dropped it, or restore a backup",
    "58": "cannot read or write its files; see its log, and that its disk is not failing",
    "XX": "is damaged or failing; see its log, keep a copy, and restore a backup",
}

# What refuses a connection comes without SQLSTATE; these are words of the message.
_REFUSALS = {
    "password": "does not take this password; mend it in the DSN, in PGPASSWORD or in ~/.pgpass",
    "authentication": "does not know who this is; mend user and password, or pg_hba.conf",
    "pg_hba.conf": "lets nobody in from here; add this user, database and address to pg_hba.conf",
    "permission denied for database": "does not let this user in; grant CONNECT on the database",
    'role "': "has no such user; name another in the DSN, or create it with createuser",
    'database "': "has no such database; name another in the DSN, or create it with createdb",
}
_TEMPORARY = {
    "too many clients": _PROBLEMS["53300"],
    "remaining connection slots": _PROBLEMS["53300"],
    "too many connections": _PROBLEMS["53300"],
    "the database system is": "is starting, recovering or shutting down; try again in a moment",
}


def explain(error: psycopg.Error, place: str, *, lost: bool) -> StoreError:
    """Say what is wrong with a statement, or with the connection that was `lost` over it."""
    state = error.sqlstate or ""
    problem = _PROBLEMS.get(state) or _PROBLEMS.get(state[:2])
    if lost:
        what = f", and {problem}" if problem else "; see that the server runs, and try again"
        return ConnectionLostError(f"{place} broke the connection{what} ({_words(error)})")
    said = f"{state or type(error).__name__}: {_words(error)}"
    return StoreError(f"{place} {problem or 'cannot do this'} ({said})")


def explain_connecting(error: psycopg.Error, place: str) -> StoreError:
    """Say why there is no connection; an `UnreachableError` if there may soon be one."""
    said = _words(error)
    for words, problem in _TEMPORARY.items():
        if words in said:
            return UnreachableError(f"{place} {problem} ({said})")
    if "FATAL" in said:
        for words, problem in _REFUSALS.items():
            if words in said:
                return StoreError(f"{place} {problem} ({said})")
    what = "cannot be reached; start the server, or mend host and port in the DSN"
    return UnreachableError(f"{place} {what} ({said})")


def check_transaction(connection: psycopg.Connection | None, place: str) -> psycopg.Connection:
    """Give the connection back, if its transaction goes on.

    Raises:
        StoreError: It has come to an end; the message says how.
    """
    if connection is None:
        raise StoreError(
            f"this process was forked inside a transaction on {place}, which is its parent's; "
            f"fork outside of transactions"
        )
    if connection.closed:
        raise ConnectionLostError(f"{place} {_BROKEN}")
    if connection.pgconn.transaction_status != TransactionStatus.INTRANS:
        raise StoreError(
            f"the transaction on {place} was ended before its block was left, by an error, a "
            f"commit or a rollback; do all of it again"
        )
    return connection


def raise_if_lost(error: BaseException, place: str) -> None:
    """Say that a connection, which is closed now, was lost, if that is what an error came from.

    Whoever uses the connection of a transaction meets the driver's error, and may have made
    another of it.

    Raises:
        ConnectionLostError: It was.
    """
    if isinstance(error, ConnectionLostError) or not isinstance(error, Exception):
        return
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, psycopg.Error | ConnectionLostError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        raise ConnectionLostError(f"{place} {_BROKEN}") from error


def _words(error: psycopg.Error) -> str:
    return " ".join(str(error).split())
