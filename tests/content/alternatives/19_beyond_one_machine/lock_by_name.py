"""The lock in a method of its own, under a name; the types as so many marks."""


class PostgresEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            self._wait_for_my_turn()
            version = self._checked_version(stream, expected_version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            [(position,)] = self._connection.execute("SELECT max(position) FROM events")
        return Appended(version, position or 0)

    def _wait_for_my_turn(self):
        self._connection.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('events', 0))"
        )

    def _checked_version(self, stream, expected):
        [(actual,)] = self._connection.execute(
            "SELECT count(*) FROM events WHERE stream = %s", [stream]
        )
        if expected is None or expected == actual:
            return actual
        raise ConcurrencyError(stream, expected, actual)

    def read(self, stream, *, after=0):
        return self._select(
            "WHERE stream = %(stream)s AND version > %(after)s ORDER BY version",
            {"stream": stream, "after": after},
        )

    def read_all(self, *, after=0, types=(), limit=None):
        names = [name for kind in types for name in self._codec.names_of(kind)]
        marks = ", ".join(["%s"] * len(names))
        chosen = f"name IN ({marks})" if names else "true"
        at_most = "ALL" if limit is None else int(limit)
        return self._select(
            f"WHERE {chosen} AND position > %s ORDER BY position LIMIT {at_most}",
            [*names, after],
        )
