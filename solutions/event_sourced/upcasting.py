"""Upcasters: readers translate what older code wrote; what is stored stays as it is.

An event's data has a schema, numbered from 1. Whenever its fields change, a function is
added here that turns the data of the schema before into that of the next one.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from workshop.eventsourcing import CodecError

__all__ = [
    "KANBAN_UPCASTERS",
    "JsonObject",
    "Upcaster",
    "Upcasters",
    "column_added_from_1_to_2",
    "column_added_from_2_to_3",
]

JsonObject: TypeAlias = dict[str, Any]
"""The data of a stored event: its fields, as JSON has them."""

Upcaster: TypeAlias = Callable[[JsonObject], JsonObject]
"""Gives the data of the next schema, and leaves what it was given as it was."""


class Upcasters:
    """All translations, by the stored name of the event.

    Args:
        chains: For each name, the function that reads schema 1, then the one that
            reads schema 2, and so on. A name that is not in it has schema 1 only.
    """

    def __init__(self, chains: Mapping[str, Sequence[Upcaster]]) -> None:
        self._chains = {name: tuple(chain) for name, chain in chains.items()}

    def newest(self, name: str) -> int:
        """Tell today's schema of an event: the one that is written."""
        return len(self._chains.get(name, ())) + 1

    def upcast(  # step 14
        self, name: str, schema: int, data: JsonObject
    ) -> JsonObject:
        """Translate the data of an older schema into today's, one schema at a time.

        Raises:
            CodecError: There is no such schema. It may come from newer code than this:
                the message names the event and the schema.
        """
        if not 1 <= schema <= self.newest(name):
            raise CodecError(
                f"{name} has the schemas 1 to {self.newest(name)}, and not {schema}; "
                f"update the program."
            )
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            data = upcaster(data)
        return data


def column_added_from_1_to_2(data: JsonObject) -> JsonObject:  # step 14
    """Translate a `ColumnAdded` from the time before there were limits.

    Schema 1 has `column_id` and `name`. Schema 2 has a `limit` besides, and in it 0
    means that there is none.
    """
    return {**data, "limit": 0}


def column_added_from_2_to_3(data: JsonObject) -> JsonObject:  # step 14
    """Translate a `ColumnAdded` from the time when 0 meant no limit.

    Schema 3, which is today's, calls it `wip_limit`. `None` means that there is none,
    and 0 that the column takes no items.
    """
    newer = dict(data)
    newer["wip_limit"] = newer.pop("limit") or None
    return newer


KANBAN_UPCASTERS = Upcasters(
    {"column-added": [column_added_from_1_to_2, column_added_from_2_to_3]}
)
"""What today's code needs to read the events of all earlier code."""
