"""Your limit counts events that are not among the chosen.

Somebody asks for two advances. You take the first two events of any kind, and throw away what is no
advance. In which order must choosing and counting come?
"""


class SqliteEventStore:
    def read_all(self, *, after=0, types=(), limit=None):
        stored = self._select(
            "WHERE position > ? ORDER BY position LIMIT ?",
            [after, -1 if limit is None else limit],
        )
        return (each for each in stored if not types or isinstance(each.event, tuple(types)))
