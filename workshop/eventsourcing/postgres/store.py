"""An event store on a PostgreSQL server, for as many machines as can reach it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID, uuid4

import psycopg

from ..codec import EventCodec
from ..encoding_store import Clock, EncodingStore, utc_now
from ..errors import StoreError
from ..event import EncodedEvent
from ..record import Query, Record, microseconds
from ..store import Appended
from .appending import Appender
from .checkpoints import Checkpoints
from .database import Database
from .pages import select
from .schema import Schema
from .threads import Threads
from .waiting import wait

__all__ = ["PostgresEventStore"]

_LAST = "SELECT coalesce(max(position), 0) FROM {schema}.events"


class PostgresEventStore(EncodingStore):
    """Keeps events in a schema of a PostgreSQL database, as JSON that SQL can look into.

    Threads, processes and machines may share the schema, and threads may share the store: each
    has a connection of its own. A forked child may use it, but not its parent's transaction.

    When the server goes away, whatever is not inside `transaction()` waits for its return, and
    goes on. An append whose answer was lost is looked for by the id of its events, and done again
    only if it is not there; of a transaction, the server is asked. It takes PostgreSQL 14 or newer.

    Args:
        dsn: Where the server is, such as `host=db.example dbname=kanban user=board`, or a URL.
        codec: Translates events.
        schema: Where the tables are; it is created if it is new and the user may do that.
        clock: Tells when an event is given to the store, which is when it is recorded, unless
            the one before it was recorded later.
        patience: So many seconds to wait for a server that is not there, or not any more.
        notify: Whether an append wakes those who `wait`. Commits that do so stand in one line on
            the whole server, so several stores on one server then write in turns.
        new_id: Draws the id of an append, at random.

    Raises:
        StoreError: The server or the schema cannot be used; the message says why, and what to do.
    """

    def __init__(
        self,
        dsn: str,
        codec: EventCodec,
        *,
        schema: str = "events",
        clock: Clock = utc_now,
        patience: float = 10.0,
        notify: bool = False,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        super().__init__(codec, clock)
        self._schema, self._new_id = Schema(schema), new_id
        self._appender = Appender(self._schema, notify=notify)
        self._checkpoints = Checkpoints(self._schema)
        database = Database(dsn, patience)
        self._threads = Threads(database)
        try:
            session = self._threads.session
            session.attempt(lambda: self._schema.prepare(session.connect(), database.place))
        except StoreError:
            self.close()
            raise

    def transaction(self) -> AbstractContextManager[None]:
        """Group what this thread appends and saves into one commit: all of it, or nothing.

        A transaction within another is a part of it: its error undoes it alone, and what it did
        is committed with the outer one. If the connection is lost inside, all of it is undone.

        Raises:
            StoreError: It was undone. Or, as the message then says, nobody knows: the commit was
                not answered, and the server had crashed, or did not come back.
        """
        return self._threads.session.transaction()

    @property
    def connection(self) -> psycopg.Connection:
        """The connection of this thread's transaction, for a read model's own tables.

        What is written through it is committed with the events and checkpoints of the
        transaction. Leave `commit` and `rollback` alone: they end it.

        Raises:
            StoreError: This thread is not inside `with store.transaction():`.
        """
        session = self._threads.session
        if not session.depth:
            raise StoreError("this works inside `with store.transaction():` only")
        return session.connect()

    def wait(self, after: int, timeout: float) -> bool:
        """Wait until there is an event behind a position, and tell whether there is.

        It looks twice a second, and at once when a store appends that is to `notify`. Inside a
        transaction it does not work.

        Args:
            after: The position.
            timeout: At most so many seconds.
        """
        session, is_there = self._threads.session, lambda: self.last_position() > after
        return wait(session, self._schema.channel, is_there, timeout)

    def last_position(self) -> int:
        [(position,)] = self._execute(_LAST)
        return int(position)

    def checkpoint(self, name: str) -> int:
        """Tell how far the follower of this name has read; 0 at first.

        Inside a transaction, others who ask inside theirs wait until it has ended: of two
        processes that follow under one name, only one at a time can act on what it is told.
        """
        return self._checkpoints.read(self._threads.session, name)

    def save_checkpoint(self, name: str, position: int) -> None:
        self._checkpoints.save(self._threads.session, name, position)

    def close(self) -> None:
        self._threads.close()

    def _execute(self, template: str, parameters: Any = None) -> list[Any]:
        return self._threads.session.execute(self._schema.sql(template), parameters)

    def _append(
        self, stream: str, expected: int | None, encoded: Sequence[EncodedEvent], metadata: bytes
    ) -> Appended:
        moment, batch = microseconds(self._clock()), self._new_id()
        session = self._threads.session
        return self._appender.append(session, stream, expected, encoded, metadata, moment, batch)

    def _select(self, query: Query) -> Iterator[Record]:
        return select(query, self._execute)
