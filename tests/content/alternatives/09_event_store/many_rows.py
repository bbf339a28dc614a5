"""Encodes before it locks; writes all rows in one call."""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        encoded = [self._codec.encode(event) for event in events]
        attached = json.dumps(dict(metadata or {}))
        with self.transaction():
            last = self._last_of(stream)
            if expected_version not in {None, last}:
                raise ConcurrencyError(stream=stream, expected=expected_version, actual=last)
            moment = self._now() if encoded else 0
            rows = [
                (stream, last + number, moment, each.name, each.schema, each.data.decode(), attached)
                for number, each in enumerate(encoded, 1)
            ]
            self._connection.executemany(_INSERT, rows)
            reached = Appended(version=last + len(rows), position=self.last_position())
        return reached

    def _last_of(self, stream):
        row = self._connection.execute(
            "SELECT version FROM events WHERE stream = :stream ORDER BY version DESC LIMIT 1",
            {"stream": stream},
        ).fetchone()
        return row[0] if row else 0

    def read(self, stream, *, after=0):
        found = self._select("WHERE (stream, version) > (?, ?) AND stream = ?", [stream, after, stream])
        return iter(sorted(found, key=lambda stored: stored.version))

    def read_all(self, *, after=0, types=(), limit=None):
        conditions, values = ["position > ?"], [after]
        if types:
            names = [name for kind in set(types) for name in self._codec.names_of(kind)]
            conditions.append("(" + " OR ".join("name = ?" for _ in names) + ")")
            values += names
        query = "WHERE " + " AND ".join(conditions) + " ORDER BY position"
        if limit is not None:
            query += f" LIMIT {int(limit)}"
        return self._select(query, values)
