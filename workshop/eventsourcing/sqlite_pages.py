"""How records are asked for in SQLite: in pages, each a query of its own.

A query that was half read would keep the file's log from being emptied, however long it is left.
"""

from collections.abc import Callable, Iterator
from typing import Any

from workshop.eventsourcing.record import Query, Record

__all__ = ["select"]

_PAGE = 500  # so many records are read at once

# Bytes are read, so that damaged text reaches the decoder, which says where it is.
_SELECT = """
    SELECT position, stream, version, recorded_at, name, schema,
           CAST(data AS BLOB), CAST(metadata AS BLOB) FROM events
    WHERE {chosen} AND {place} > :after AND {place} < :before AND recorded_at <= :latest
"""


def select(query: Query, execute: Callable[[str, Any], list[Any]]) -> Iterator[Record]:
    """Find records by running statements, each of them to its end."""
    place, column = ("version", 2) if query.stream else ("position", 0)
    order, moving = ("DESC", "before") if query.backwards else ("ASC", "after")
    bounds = query._asdict() | {f"name{n}": name for n, name in enumerate(query.names)}
    chosen = [f"name = :name{n}" for n in range(len(query.names))]
    chosen = chosen or ["stream = :stream" if query.stream else "TRUE"]
    # SQLite merges the arms in order, each from its index, without sorting.
    sql = " UNION ALL ".join(_SELECT.format(chosen=each, place=place) for each in chosen)
    sql += f" ORDER BY {place} {order} LIMIT :size"
    size = bounds["size"] = _PAGE if query.limit is None else min(query.limit, _PAGE)
    while rows := execute(sql, bounds):
        yield from rows
        if len(rows) < size:
            return
        bounds[moving] = rows[-1][column]
