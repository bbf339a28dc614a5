"""A table of single steps, by event and schema, and a fold over the schemas that are left."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
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
Upcaster: TypeAlias = Callable[[JsonObject], JsonObject]


class UnknownSchema(CodecError):
    """There is no such schema."""


class Upcasters:
    def __init__(self, chains: Mapping[str, Sequence[Upcaster]]) -> None:
        self._steps = {
            (name, schema): step
            for name, chain in chains.items()
            for schema, step in enumerate(chain, start=1)
        }

    def newest(self, name: str) -> int:
        return 1 + sum(known == name for known, _ in self._steps)

    def upcast(self, name: str, schema: int, data: JsonObject) -> JsonObject:
        if schema < 1 or schema > self.newest(name):
            raise UnknownSchema(f"What is schema {schema} of {name}?")
        steps = [self._steps[name, older] for older in range(schema, self.newest(name))]
        return reduce(lambda older, step: step(older), steps, data)


def column_added_from_1_to_2(data: JsonObject) -> JsonObject:
    return data | {"limit": 0}


def column_added_from_2_to_3(data: JsonObject) -> JsonObject:
    return {
        "wip_limit" if field == "limit" else field: value or None if field == "limit" else value
        for field, value in data.items()
    }


KANBAN_UPCASTERS = Upcasters(
    {"column-added": [column_added_from_1_to_2, column_added_from_2_to_3]}
)
