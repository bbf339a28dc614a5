"""Where a PostgreSQL database is, and how it is connected to."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .outcome import STARTED
from .problems import explain_connecting

__all__ = ["Database"]

_TOLD = {"host", "hostaddr", "port", "dbname", "user", "service"}
"""The parts of a DSN that a message may tell: not the password."""

_ATTENTIVE = {
    # Unless the DSN says otherwise, a network that is cut is noticed within a minute.
    "connect_timeout": 10,  # seconds
    "keepalives_idle": 20,  # seconds
    "keepalives_interval": 10,  # seconds
    "keepalives_count": 3,
    "tcp_user_timeout": 50_000,  # milliseconds
}

_PREPARE = f"""
    SELECT {STARTED},
    -- An append must see what was committed while it waited for its lock.
    set_config('default_transaction_isolation', 'read committed', false),
    -- A process that hangs inside a transaction keeps others from its locks: unless DSN, role or
    -- server say otherwise, for a minute.
    set_config('idle_in_transaction_session_timeout',
        coalesce(nullif(current_setting('idle_in_transaction_session_timeout'), '0'), '60s'), false)
"""


@dataclass
class Database:
    """A database, and how many seconds it may be away; once `closed`, it is left alone."""

    dsn: str
    patience: float
    closed: bool = False

    @cached_property
    def place(self) -> str:
        """What to call it in a message."""
        known = {key: value for key, value in self._parameters.items() if key in _TOLD}
        return f"PostgreSQL ({make_conninfo('', **known) or 'as the environment says'})"

    def connect(self) -> tuple[psycopg.Connection, Decimal]:
        """Open a connection, and tell the server's `STARTED`.

        Raises:
            StoreError: There is none; it is an `UnreachableError` if there may soon be one.
        """
        settings = _ATTENTIVE | self._parameters | {"client_encoding": "utf8"}
        try:
            connection = psycopg.connect(**settings, autocommit=True)
            [(started, *_)] = connection.execute(_PREPARE)
        except psycopg.Error as error:
            raise explain_connecting(error, self.place) from error
        return connection, started

    @cached_property
    def _parameters(self) -> dict[str, Any]:
        try:
            return dict(conninfo_to_dict(self.dsn))
        except psycopg.Error as error:
            raise ValueError(
                f"a DSN is like 'host=localhost dbname=kanban' or 'postgresql://localhost/kanban', "
                f"and this one cannot be read: {' '.join(str(error).split())}"
            ) from error
