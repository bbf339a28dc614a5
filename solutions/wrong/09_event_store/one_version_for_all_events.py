"""Your append gives the same version to all events of a call.

Three events are three steps of the stream's history. What has to happen to the version from one
event to the next?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream)
            if expected_version is not None and expected_version != version:
                raise ConcurrencyError(stream, expected_version, version)
            moment = self._now()
            for event in events:
                self._insert(stream, version + 1, moment, event, metadata)
            return Appended(version + len(events), self.last_position())
