"""How records are asked for in SQLite."""

from collections.abc import Callable, Iterator
from typing import Any

from ..paging import in_pages
from ..record import Query, Record

__all__ = ["select"]

# Bytes are read, so that damaged text reaches the decoder, which says where it is.
_SELECT = """
    SELECT position, stream, version, recorded_at, name, schema,
           CAST(data AS BLOB), CAST(metadata AS BLOB) FROM events
    WHERE {chosen} AND {place} > :after AND {place} <= :until AND recorded_at <= :latest
"""


def select(query: Query, execute: Callable[[str, Any], list[Any]]) -> Iterator[Record]:
    """Find records by running statements, each of them to its end."""
    place = "version" if query.stream else "position"
    chosen = [f"name = :name{n}" for n in range(len(query.names))]
    chosen = chosen or ["stream = :stream" if query.stream else "TRUE"]
    # SQLite merges the arms in order, each from its index, without sorting.
    sql = " UNION ALL ".join(_SELECT.format(chosen=each, place=place) for each in chosen)
    sql += f" ORDER BY {place} {'DESC' if query.backwards else 'ASC'} LIMIT :size"
    return in_pages(query, lambda values: execute(sql, values))
