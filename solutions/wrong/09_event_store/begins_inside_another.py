"""Your append begins a transaction even if there is one already.

Somebody may append to two streams and want both or none: `with store.transaction()` around two
appends. What does `transaction()` do if it is called inside another one? Could you use it too?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            position = self.last_position()
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        return Appended(version, position)
