"""How far each follower has read, so that of several under one name only one acts at a time."""

from ..encoding_store import cannot_go_back
from .schema import Schema
from .session import Session

__all__ = ["Checkpoints"]

_READ = "SELECT position FROM {schema}.checkpoints WHERE name = %s"
_LOCK = _READ.replace("position", "position, pg_current_xact_id()::text") + " FOR UPDATE"
_MAKE = "INSERT INTO {schema}.checkpoints VALUES (%s, 0) ON CONFLICT DO NOTHING"
_SAVE = """
    INSERT INTO {schema}.checkpoints AS c SELECT %(name)s, %(position)s WHERE %(position)s >= 0
    ON CONFLICT (name) DO UPDATE SET position = excluded.position
    WHERE c.position <= excluded.position RETURNING pg_current_xact_id()::text
"""


class Checkpoints:
    """The checkpoints of a schema."""

    def __init__(self, schema: Schema) -> None:
        self._read, self._lock = schema.sql(_READ), schema.sql(_LOCK)
        self._make, self._save = schema.sql(_MAKE), schema.sql(_SAVE)

    def read(self, session: Session, name: str) -> int:
        """Tell a checkpoint; inside a transaction, also keep it from others until the end."""
        if not session.depth:
            rows = session.execute(self._read, [name])
            return rows[0][0] if rows else 0
        if not (rows := session.execute(self._lock, [name])):
            session.execute(self._make, [name])  # what is not there cannot be locked
            rows = session.execute(self._lock, [name])
        [(position, session.number)] = rows
        return int(position)

    def save(self, session: Session, name: str, position: int) -> None:
        """Move a checkpoint forward."""
        rows = session.execute(self._save, {"name": name, "position": position})
        if not rows:
            raise cannot_go_back(name, self.read(session, name), position)
        [(session.number,)] = rows
