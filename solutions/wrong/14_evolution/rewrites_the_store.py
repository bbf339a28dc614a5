"""Your store writes translated events back over the old ones.

What was stored is the only witness of what was written. If your translation has a fault that somebody
finds next month, what can they translate again?
"""


class SqliteEventStore:
    def _stored(self, row):
        position, stream, version, moment, name, schema, data, metadata = row
        event = self._codec.decode(EncodedEvent(name, schema, data.encode()))
        written = self._codec.encode(event)
        if written.schema != schema:
            self._connection.execute("DROP TRIGGER IF EXISTS events_are_never_changed")
            self._connection.execute(
                "UPDATE events SET schema = ?, data = ? WHERE position = ?",
                [written.schema, written.data.decode(), position],
            )
        return StoredEvent(
            stream=stream,
            version=version,
            position=position,
            recorded_at=_EPOCH + timedelta(microseconds=moment),
            event=event,
            metadata=json.loads(metadata),
        )
