"""Your append writes whatever version the writer has seen.

Two people load the same board, and both save. Then one of the two decided on a board that is no
more. How does `append` learn what the writer has seen, and with what can it compare that?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
