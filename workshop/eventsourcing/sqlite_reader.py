"""The reading half of the SQLite store: pages of rows, and nothing held open between them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from workshop.eventsourcing.arguments import UNLIMITED, check_stream, latest, most
from workshop.eventsourcing.codec import EventCodec
from workshop.eventsourcing.event import Event, StoredEvent
from workshop.eventsourcing.recording import decode_record
from workshop.eventsourcing.sqlite_session import Sessions

__all__ = ["SqliteReader"]

_PAGE = 500
"""So many records are read at once; between pages nothing is held open."""

_SELECT = """
    SELECT position, stream, version, recorded_at, name, schema,
           CAST(data AS BLOB), CAST(metadata AS BLOB)
    FROM events
"""
_POSITION, _VERSION = 0, 2

_ALL = f"{_SELECT} WHERE position > :after"
_STREAM = f"""{_SELECT}
    WHERE stream = :stream AND version > :after AND version < :before AND recorded_at <= :latest
"""
_FORWARDS = f"{_STREAM} ORDER BY version LIMIT :size"
_BACKWARDS = f"{_STREAM} ORDER BY version DESC LIMIT :size"
_LAST = "SELECT coalesce(max(position), 0) FROM events"
_CHECKPOINT = "SELECT position FROM checkpoints WHERE name = ?"


class SqliteReader:
    """What `SqliteEventStore` can tell."""

    def __init__(self, codec: EventCodec, sessions: Sessions) -> None:
        self._codec = codec
        self._sessions = sessions

    def read(
        self,
        stream: str,
        *,
        after: int = 0,
        until: int | None = None,
        as_at: datetime | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the stream's events lazily: see `EventStore.read`."""
        check_stream(stream)
        bounds: dict[str, object] = {
            "stream": stream,
            "after": after,
            "before": UNLIMITED if until is None else until + 1,
            "latest": latest(as_at),
        }
        if backwards:
            return self._pages(_BACKWARDS, bounds, "before", _VERSION, most(limit))
        return self._pages(_FORWARDS, bounds, "after", _VERSION, most(limit))

    def read_all(
        self, *, after: int = 0, types: Sequence[type[Event]] = (), limit: int | None = None
    ) -> Iterator[StoredEvent[Event]]:
        """Yield the events of all streams lazily: see `EventStore.read_all`."""
        bounds: dict[str, object] = {"after": after}
        names = {name for event_type in types for name in self._codec.names_of(event_type)}
        chosen = [_ALL]
        if types:
            bounds |= {f"name_{n}": name for n, name in enumerate(names)}
            chosen = [f"{_ALL} AND name = :name_{n}" for n in range(len(names))]
        # SQLite merges the arms in order of position, each from the index, without sorting.
        sql = " UNION ALL ".join(chosen) + " ORDER BY position LIMIT :size"
        return self._pages(sql, bounds, "after", _POSITION, most(limit))

    def last_position(self) -> int:
        """Tell the position of the last event; 0 when the store is empty."""
        [(position,)] = self._sessions.current().fetch(_LAST)
        return int(position)

    def checkpoint(self, name: str) -> int:
        """Tell how far the follower of this name has read; 0 at first."""
        [(position,)] = self._sessions.current().fetch(_CHECKPOINT, [name]) or [(0,)]
        return int(position)

    def _pages(
        self, sql: str, bounds: dict[str, object], moving: str, column: int, left: int
    ) -> Iterator[StoredEvent[Event]]:
        while left > 0:
            size = min(left, _PAGE)
            rows = self._sessions.current().fetch(sql, {**bounds, "size": size})
            for row in rows:
                yield decode_record(self._codec, row)
            if len(rows) < size:
                return
            bounds[moving] = rows[-1][column]
            left -= size
