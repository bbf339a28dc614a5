"""An append, which is done once, however often the connection is lost over it."""

from collections.abc import Sequence
from uuid import UUID

from ..errors import ConcurrencyError
from ..event import EncodedEvent
from ..store import Appended
from .problems import ConnectionLostError
from .schema import Schema
from .session import Session

__all__ = ["Appender"]

_APPEND = "SELECT seen, last FROM {schema}.append(%s, %s, %s, %s, %s, %s, %s, %s)"
_APPEND_AND_NOTIFY = _APPEND.replace("last", "last, pg_notify('{channel}', '')", 1)
_LOCK = "SELECT pg_advisory_xact_lock({lock})"
_FIND = "SELECT version, position FROM {schema}.events WHERE id = %s"


class Appender:
    """Appends to the streams of a schema, and wakes who listens if it is to `notify` them."""

    def __init__(self, schema: Schema, *, notify: bool) -> None:
        self._append = schema.sql(_APPEND_AND_NOTIFY if notify else _APPEND)
        self._lock, self._find = schema.sql(_LOCK), schema.sql(_FIND)

    def append(
        self,
        session: Session,
        stream: str,
        expected: int | None,
        events: Sequence[EncodedEvent],
        metadata: bytes,
        moment: int,
        batch: UUID,
    ) -> Appended:
        """Append events, if the stream is at the version that is expected.

        Args:
            session: Whose connections to use.
            stream: The stream's name.
            expected: `None` for any version.
            events: What to append.
            metadata: JSON, for each of them.
            moment: Microseconds since 1970.
            batch: Nothing else has it: the events' ids are made of it, with their number at the
                end in place of the last four bytes.
        """
        size = len(events)
        names = _array([f'"{_escaped(name)}"' for name, _, _ in events])
        schemas = _array([str(schema) for _, schema, _ in events])
        texts = "\x1e".join([data.decode() for _, _, data in events])
        values = (stream, expected, moment, names, schemas, texts, metadata.decode(), batch)

        def run() -> Appended:
            [(seen, last, *_)] = session.run(self._append, values)
            if expected is not None and expected != seen:
                raise ConcurrencyError(stream, expected, seen)
            return Appended(seen + size, last)

        def run_unless_done() -> Appended:
            # Behind the lock: an attempt that the server is still busy with ends first. One that
            # comes later still meets the ids of this one, which no second row may have.
            last_id = UUID(int=batch.int >> 32 << 32 | size)
            try:
                with session.transaction():
                    session.run(self._lock)
                    found = session.run(self._find, [last_id])
                    return Appended(*found[0]) if found else run()
            except ConnectionLostError as error:
                raise type(error)(
                    f"whether {size} events were appended to {stream!r} is unknown: load it "
                    f"again, and decide again; {error}"
                ) from error

        return session.attempt(run, run_unless_done)


def _array(elements: Sequence[str]) -> str:
    """An array as SQL writes it; psycopg's general way takes as long as the rest of an append."""
    return f"{{{','.join(elements)}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")
