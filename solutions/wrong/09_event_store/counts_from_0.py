"""Your first event of a stream has version 0.

Version 0 is the stream before anything happened. After how many events is it at version 1?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            [(version,)] = self._connection.execute(
                "SELECT count(*) FROM events WHERE stream = ?", [stream]
            )
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                self._insert(stream, version, moment, event, metadata)
                version += 1
            return Appended(version, self.last_position())
