"""Little SQL, much Python: what was read is counted, chosen and cut off by iterators."""

from itertools import islice


class SqliteEventStore:
    def append(self, stream, events, *, expected_version, metadata=None):
        with self.transaction():
            known = len(list(self.read(stream)))
            match expected_version:
                case None:
                    pass
                case int() if expected_version == known:
                    pass
                case _:
                    raise ConcurrencyError(stream, expected_version, known)
            moment = self._now()
            for place, event in enumerate(events, start=known + 1):
                self._insert(stream, place, moment, event, metadata)
            *_, version = range(known, known + len(events) + 1)
            *_, position = 0, *(stored.position for stored in self.read_all())
        return Appended(version, position)

    def read(self, stream, *, after=0):
        for stored in self._select("WHERE stream = ? ORDER BY position", [stream]):
            if stored.version > after:
                yield stored

    def read_all(self, *, after=0, types=(), limit=None):
        everything = self._select("ORDER BY position", [])
        later = (stored for stored in everything if stored.position > after)
        kinds = tuple(types) or (Event,)
        return islice((stored for stored in later if isinstance(stored.event, kinds)), limit)
