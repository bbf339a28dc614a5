"""A lock of the table, which lets readers in; and types by a condition that is always there."""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.connection.transaction():
            self.connection.execute("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE")
            rows = self.connection.execute(
                "SELECT version FROM events WHERE stream = %s", (stream,)
            ).fetchall()
            if expected_version not in (None, len(rows)):
                raise ConcurrencyError(stream, expected_version, len(rows))
            moment = self._now()
            for version, event in enumerate(events, start=len(rows) + 1):
                self._insert(stream, version, moment, event, metadata)
            return Appended(len(rows) + len(events), self.last_position())

    def read(self, stream, *, after=0):
        for stored in self._select("WHERE stream = %s ORDER BY version", [stream]):
            if stored.version > after:
                yield stored

    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        yield from self._select(
            "WHERE position > %s AND (%s OR name = ANY(%s)) ORDER BY 1 LIMIT %s",
            [after, not names, names, limit],
        )
