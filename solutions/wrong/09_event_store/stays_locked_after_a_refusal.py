"""After your append has refused a writer, nobody else can write.

You began a transaction by hand, and the error left your method before its end. Which form of Python
does something at the end of a block, however it is left? The store has one for transactions.
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        outside = not self._connection.in_transaction
        if outside:
            self._connection.execute("BEGIN IMMEDIATE")
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
