"""Last year's events of the support desk, as the programs of last year wrote them.

They are in `last_year.jsonl`, one on a line, with what the columns of the store hold.
"""

import json
import sqlite3
from pathlib import Path
from typing import Any

__all__ = ["load", "rows"]

_FILE = Path(__file__).with_suffix(".jsonl")

_INSERT = """
    INSERT INTO events
        (position, stream, version, recorded_at, name, schema, data, metadata)
    VALUES
        (:position, :stream, :version, :recorded_at, :name, :schema, :data, :metadata)
"""


def rows() -> list[dict[str, Any]]:
    """Give the events in the order in which they were recorded, each as a dictionary."""
    return [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


def load(connection: sqlite3.Connection) -> None:
    """Put the events into the tables of an empty store, as they are: nothing reads them here.

    Args:
        connection: The `connection` of a `SqliteEventStore`.
    """
    written = [
        {**row, "data": json.dumps(row["data"]), "metadata": json.dumps(row["metadata"])}
        for row in rows()
    ]
    connection.execute("BEGIN")
    connection.executemany(_INSERT, written)
    connection.execute("COMMIT")
