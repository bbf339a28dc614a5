"""How databases are asked for records: in pages, each a query of its own.

A query that was half read would stay open, however long it is left: it would keep SQLite's log from
being emptied, and a PostgreSQL server from tidying up.
"""

from collections.abc import Callable, Iterator
from typing import Any

from .record import Query, Record

__all__ = ["in_pages"]

_PAGE = 500  # so many records are read at once


def in_pages(query: Query, fetch: Callable[[dict[str, Any]], list[Record]]) -> Iterator[Record]:
    """Find records, a page at a time, until there are no more.

    Args:
        query: Which ones.
        fetch: Runs the query to its end, and gives rows in a record's order. It is given the
            query's fields by their names, `size` for the most rows, and the names of events as
            `name0`, `name1` and so on.
    """
    values = query._asdict() | {f"name{n}": name for n, name in enumerate(query.names)}
    size = values["size"] = _PAGE if query.limit is None else min(query.limit, _PAGE)
    column = 2 if query.stream else 0
    while rows := fetch(values):
        yield from rows
        if len(rows) < size:
            return
        last: Any = rows[-1][column]
        values |= {"until": last - 1} if query.backwards else {"after": last}
