"""Upcasters: readers translate what older writers wrote; the store is never rewritten."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from workshop.eventsourcing.errors import CodecError

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
    """All upcasters of one event, from schema 1 to today's.

    Attributes:
        schema: Today's, which is written.

    Raises:
        CodecError: A schema has no upcaster, or two.
    """

    def __init__(self, name: str, upcasters: Iterable[Upcaster]) -> None:
        ordered = sorted(upcasters, key=lambda upcaster: upcaster.from_schema)
        found = [upcaster.from_schema for upcaster in ordered]
        if found != list(range(1, len(ordered) + 1)):
            raise CodecError(
                f"event {name!r} has upcasters from the schemas {found}; "
                f"a chain needs one from each, starting at 1, without gaps"
            )
        self._functions = [upcaster.function for upcaster in ordered]
        self.schema = len(ordered) + 1

    def upcast(self, data: JsonObject, schema: int) -> JsonObject:
        """Translate data of an older schema into today's; what was passed in stays as it was.

        Raises:
            ValueError: There is no such schema yet, or never was.
            TypeError: An upcaster did not return a dict.
        """
        if not 1 <= schema <= self.schema:
            raise ValueError(
                f"schema {schema} is not one of 1 to {self.schema}: "
                f"a newer program wrote it; update this one"
            )
        for number, function in enumerate(self._functions[schema - 1 :], start=schema):
            data = function(deepcopy(data))
            if type(data) is not dict:
                raise TypeError(f"the upcaster from schema {number} returned {data!r}, not a dict")
        return data
