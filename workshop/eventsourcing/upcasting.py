"""Upcasters: readers translate what older writers wrote; the store is never rewritten."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

__all__ = ["JsonObject", "Upcaster", "upcast"]

JsonObject: TypeAlias = dict[str, Any]

Upcaster: TypeAlias = Callable[[JsonObject], JsonObject]
"""Takes the data of one schema, and returns that of the next; both hold JSON values only."""


def upcast(data: JsonObject, schema: int, upcasters: Sequence[Upcaster]) -> JsonObject:
    """Translate older data into today's.

    Args:
        data: The stored object.
        schema: The schema that it was written under.
        upcasters: From schema 1 to 2, from 2 to 3, and so on.

    Raises:
        ValueError: There is no such schema.
    """
    today = len(upcasters) + 1
    if not 1 <= schema <= today:
        raise ValueError(f"schema {schema} is not one of 1 to {today}; update the program")
    for upcaster in upcasters[schema - 1 :]:
        data = upcaster(data)
    return data
