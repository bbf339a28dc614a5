"""Your append makes sure that all events can be encoded, and then keeps them one by one.

An event that cannot be encoded is not the only thing that can go wrong on the way. What if the disk
is full after the first row? What makes several rows one?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        for event in events:
            self._codec.encode(event)
        version = self._version_of(stream)
        if expected_version is not None and expected_version != version:
            raise ConcurrencyError(stream, expected_version, version)
        moment = self._now()
        for event in events:
            version += 1
            self._insert(stream, version, moment, event, metadata)
        return Appended(version, self.last_position())
