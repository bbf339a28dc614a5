"""Your append records the time of the clock, even if the clock was put back.

Then an event is recorded before the one in front of it, and "as it was at nine" is no beginning of
the log. There is a method for you that asks the clock and knows about this. Which one?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = (self._clock() - _EPOCH) // timedelta(microseconds=1)
            for event in events:
                version += 1
                self._insert(stream, version, moment, event, metadata)
            return Appended(version, self.last_position())
