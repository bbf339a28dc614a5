"""Upcasters: readers translate what older writers wrote; the store is never rewritten."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from .errors import CodecError

__all__ = ["JsonObject", "Upcaster", "UpcasterChain"]

JsonObject: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Upcaster:
    """Translates the data of a stored event into its next schema.

    Attributes:
        name: The stored name of the event, or one of its aliases.
        from_schema: The schema that it reads, from 1; it gives `from_schema + 1`.
        function: Takes the stored JSON object and returns the newer one, of JSON values only.
    """

    name: str
    from_schema: int
    function: Callable[[JsonObject], JsonObject]


class UpcasterChain:
    """All upcasters of one event, from schema 1 to today's, which is written.

    Raises:
        CodecError: A schema has no upcaster, or two.
    """

    def __init__(self, name: str, upcasters: list[Upcaster]) -> None:
        self._functions = {each.from_schema: each.function for each in upcasters}
        self.schema = len(upcasters) + 1
        found = sorted(each.from_schema for each in upcasters)
        if found != list(range(1, self.schema)):
            raise CodecError(
                f"event {name!r} has upcasters from the schemas {found}; "
                f"a chain needs one from each, starting at 1, without gaps"
            )

    def upcast(self, data: JsonObject, schema: int) -> JsonObject:
        """Translate older data into today's; `ValueError` if there is no such schema."""
        if not 1 <= schema <= self.schema:
            raise ValueError(
                f"schema {schema} is not one of 1 to {self.schema}; update the program"
            )
        for older in range(schema, self.schema):
            data = self._functions[older](data)
        return data
