"""The lock is a row that every writer updates; events are encoded before anybody has to wait."""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        encoded = [self._codec.encode(event) for event in events]
        attached = json.dumps(dict(metadata or {}))
        with self.transaction():
            self._connection.execute(
                "INSERT INTO checkpoints VALUES ('(the writers)', 0)"
                " ON CONFLICT (name) DO UPDATE SET position = 0"
            )
            version = self._version_of(stream)
            if expected_version is not None and version != expected_version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            rows = [
                (stream, version + n, moment, name, schema, data.decode(), attached)
                for n, (name, schema, data) in enumerate(encoded, start=1)
            ]
            with self._connection.cursor() as cursor:
                cursor.executemany(_INSERT, rows)
        return Appended(version + len(rows), self.last_position())

    def read(self, stream, *, after=0):
        return iter(
            list(
                self._select(
                    "WHERE version > %s AND stream = %s ORDER BY position", [after, stream]
                )
            )
        )

    def read_all(self, *, after=0, types=(), limit=None):
        if not types:
            return self._select(
                "WHERE position > %s ORDER BY position LIMIT %s", [after, limit]
            )
        names = set()
        for kind in types:
            names.update(self._codec.names_of(kind))
        return self._select(
            "WHERE name = ANY(%s) AND position > %s ORDER BY position LIMIT %s",
            [list(names), after, limit],
        )
