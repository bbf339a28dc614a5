"""Your append refuses the first events of a new stream.

Whoever makes a stream has seen none of its events, and says 0. Which version does your append look
up for a stream that has no events? `max` of no rows is no number: SQL says NULL, and Python `None`.
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            [(version,)] = self._connection.execute(
                "SELECT max(version) FROM events WHERE stream = ?", [stream]
            )
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version = (version or 0) + 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
