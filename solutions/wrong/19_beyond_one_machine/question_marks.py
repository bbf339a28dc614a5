"""Your `read` has question marks where the values go, as SQLite has them.

psycopg looks for another mark. Which one do the statements at the top of the file have?
"""


class PostgresEventStore:
    def read(self, stream, *, after=0):
        return self._select(
            "WHERE stream = ? AND version > ? ORDER BY version", [stream, after]
        )
