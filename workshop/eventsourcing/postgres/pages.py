"""How records are asked for: in pages, each a query of its own, so that nothing stays open."""

from collections.abc import Callable, Iterator
from typing import Any

from workshop.eventsourcing.record import Query, Record

__all__ = ["HASH", "select"]

_PAGE = 500  # so many records are read at once

HASH = "('x' || encode(sha256(convert_to(stream, 'UTF8')), 'hex'))::bit(32)::bigint"
"""A number made of a stream's name, in SQL: the same for ever, on every server.

It is worked out for what is read. A page of 1 in 8 streams then takes about as long as a page of
all of them, and one of 1 in 64 four times as long: less than its effects take. An index would be
quicker, but make every append 10 to 25 % slower.
"""

_ARM = """(
    SELECT position, stream, version, recorded_at, name, schema, data, metadata
    FROM {{schema}}.events WHERE {chosen}
    AND {place} > %(after)s AND {place} < %(before)s AND recorded_at <= %(latest)s
    ORDER BY {place} {order} LIMIT %(size)s
)"""


def select(
    query: Query, execute: Callable[[str, Any], list[Any]], also: str = "TRUE"
) -> Iterator[Record]:
    """Find records, of which `also` is true, by running statements with `{schema}` in them."""
    place, column = ("version", 2) if query.stream else ("position", 0)
    order, moving = ("DESC", "before") if query.backwards else ("ASC", "after")
    bounds = query._asdict() | {f"name{n}": name for n, name in enumerate(query.names)}
    chosen = [f"name = %(name{n})s" for n in range(len(query.names))]
    chosen = chosen or ["stream = %(stream)s" if query.stream else "TRUE"]
    chosen = [f"{arm} AND {also}" for arm in chosen]
    # The server merges the arms in order, each from its index, without sorting.
    arms = " UNION ALL ".join(_ARM.format(chosen=arm, place=place, order=order) for arm in chosen)
    sql = f"SELECT * FROM ({arms}) AS found ORDER BY {place} {order} LIMIT %(size)s"
    size = bounds["size"] = _PAGE if query.limit is None else min(query.limit, _PAGE)
    while rows := execute(sql, bounds):
        yield from rows
        if len(rows) < size:
            return
        bounds[moving] = rows[-1][column]
