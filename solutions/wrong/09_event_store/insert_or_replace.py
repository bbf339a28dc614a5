"""Your append tries to put its events into the place of those that are there.

`UNIQUE constraint failed` said that there is an event of this version already. With `OR REPLACE` you
ask SQLite to throw that event away, and the table does not allow it. Somebody else's event is a
fact. Who has to be told no?
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            version = self._version_of(stream) if expected_version is None else expected_version
            moment = self._now()
            for event in events:
                version += 1
                name, schema, data = self._codec.encode(event)
                attached = json.dumps(dict(metadata or {}))
                self._connection.execute(
                    _INSERT.replace("INSERT", "INSERT OR REPLACE"),
                    [stream, version, moment, name, schema, data.decode(), attached],
                )
            return Appended(version, self.last_position())
