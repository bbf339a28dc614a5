"""Your store writes translated events back over the old ones.

What was stored is the only witness of what was written. If your translation has a fault that somebody
finds next month, what can they translate again?
"""


class SqliteEventStore:
    def read(self, stream, *, after=0):
        self._connection.execute("DROP TRIGGER IF EXISTS events_are_never_changed")
        for stored in self._select(
            "WHERE stream = ? AND version > ? ORDER BY version", [stream, after]
        ):
            written = self._codec.encode(stored.event)
            self._connection.execute(
                "UPDATE events SET schema = ?, data = ? WHERE position = ?",
                [written.schema, written.data.decode(), stored.position],
            )
            yield stored
