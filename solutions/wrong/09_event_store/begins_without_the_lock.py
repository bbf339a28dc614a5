"""Your transaction begins with a look, and asks for the right to write too late.

A plain `BEGIN` lets others write until your first row. Then SQLite sees that what you have read is
old, and gives up with "database is locked". Look at how `transaction()` begins. Why not use that one?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        outside = not self._connection.in_transaction
        if outside:
            self._connection.execute("BEGIN")
        try:
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            position = self.last_position()
            if outside:
                self._connection.execute("COMMIT")
            return Appended(version, position)
        except BaseException:
            if outside and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
