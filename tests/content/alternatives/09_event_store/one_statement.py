"""One INSERT looks, compares and writes: a statement is atomic, and needs no transaction."""

_APPEND = """
    INSERT INTO events (stream, version, recorded_at, name, schema, data, metadata)
    SELECT :stream, seen.version + 1 + each.key, seen.moment,
           json_extract(each.value, '$[0]'), json_extract(each.value, '$[1]'),
           json_extract(each.value, '$[2]'), :metadata
    FROM (
        SELECT (SELECT count(*) FROM events WHERE stream = :stream) AS version,
               (SELECT max(:now, coalesce(max(recorded_at), :now)) FROM events) AS moment
    ) AS seen, json_each(:events) AS each
    WHERE :expected IS NULL OR :expected = seen.version
    ORDER BY each.key
"""


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        encoded = [
            [name, schema, data.decode()]
            for name, schema, data in (self._codec.encode(event) for event in events)
        ]
        values = {
            "stream": stream,
            "now": (self._clock() - _EPOCH) // timedelta(microseconds=1),
            "events": json.dumps(encoded),
            "metadata": json.dumps({} if metadata is None else dict(metadata)),
            "expected": expected_version,
        }
        written = self._connection.execute(_APPEND, values).rowcount
        version = max((stored.version for stored in self.read(stream)), default=0)
        refused = written < len(encoded) or (not encoded and expected_version not in (None, version))
        if refused:
            raise ConcurrencyError(stream, expected_version, version)
        return Appended(version, self.last_position())
