"""Your reader stands in its own way while it writes.

A query that has not come to its end holds on to the store as it was. If others write meanwhile,
SQLite no longer lets this store write: "database is locked". How does `_select` see to it that a
query has ended before the first event is handed out?
"""


class SqliteEventStore:
    def read(self, stream, *, after=0):
        rows = self._connection.execute(
            _SELECT + "WHERE stream = ? AND version > ? ORDER BY version", [stream, after]
        )
        for row in rows:
            yield self._stored(row)

    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        chosen = f"AND name IN ({', '.join('?' * len(names))})" if names else ""
        rows = self._connection.execute(
            _SELECT + f"WHERE position > ? {chosen} ORDER BY position LIMIT ?",
            [after, *names, -1 if limit is None else limit],
        )
        for row in rows:
            yield self._stored(row)

    def _stored(self, row):
        position, stream, version, moment, name, schema, data, metadata = row
        return StoredEvent(
            stream=stream,
            version=version,
            position=position,
            recorded_at=_EPOCH + timedelta(microseconds=moment),
            event=self._codec.decode(EncodedEvent(name, schema, data.encode())),
            metadata=json.loads(metadata),
        )
