"""One append, which is done once, however often the connection is lost over it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from workshop.eventsourcing.errors import ConcurrencyError
from workshop.eventsourcing.event import EncodedEvent
from workshop.eventsourcing.postgres.problems import ConnectionLostError
from workshop.eventsourcing.postgres.schema import Schema
from workshop.eventsourcing.postgres.session import Session
from workshop.eventsourcing.store import Appended

__all__ = ["Append"]

_APPEND = "SELECT * FROM {schema}.append(%s, %s, %s, %s, %s, %s, %s, %s)"
_LOCK = "SELECT pg_advisory_xact_lock({lock})"
_FIND = "SELECT version, position FROM {schema}.events WHERE id = %s"


class Append:
    """What is to be appended, under ids that nothing else has.

    Args:
        schema: Where.
        session: Whose connections to use.
        stream: The stream's name.
        expected: The version that it must be at, if that matters.
        events: What to append.
        metadata: JSON, for each of them.
        moment: When, in microseconds since 1970.
        batch: The beginning of the events' ids; the last four bytes count them.
    """

    def __init__(
        self,
        schema: Schema,
        session: Session,
        stream: str,
        expected: int | None,
        events: Sequence[EncodedEvent],
        metadata: bytes,
        moment: int,
        batch: UUID,
    ) -> None:
        self._schema, self._session = schema, session
        self._stream, self._expected, self._size = stream, expected, len(events)
        self._last_id = UUID(int=batch.int >> 32 << 32 | len(events))
        names = _array(f'"{_escaped(event.name)}"' for event in events)
        schemas = _array(str(event.schema) for event in events)
        texts = "\x1e".join([event.data.decode() for event in events])
        self._arguments = (
            *(stream, expected, moment, names, schemas, texts, metadata.decode()),
            batch,
        )

    def run(self) -> Appended:
        """Append, if the stream is at the expected version."""
        [(seen, last)] = self._session.run(self._schema.sql(_APPEND), self._arguments)
        if self._expected is not None and self._expected != seen:
            raise ConcurrencyError(self._stream, self._expected, seen)
        return Appended(seen + self._size, last)

    def run_unless_done(self) -> Appended:
        """Look whether an earlier attempt was successful; append only if it was not.

        Behind the lock: an attempt that the server is still busy with comes to its end first. One
        that only comes later meets the ids of this one, which no second row may have.
        """
        session = self._session
        try:
            with session.transaction():
                session.run(self._schema.sql(_LOCK))
                found = session.run(self._schema.sql(_FIND), [self._last_id])
                return Appended(*found[0]) if found else self.run()
        except ConnectionLostError as error:
            raise type(error)(
                f"whether {self._size} events were appended to {self._stream!r} is unknown: load "
                f"it again, and decide again; {error}"
            ) from error


def _array(elements: Iterable[str]) -> str:
    """An array as SQL writes it; psycopg's general way takes as long as the rest of an append."""
    return f"{{{','.join(elements)}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")
