"""Reading JSON without mercy: nothing said twice, nothing left over, nothing said otherwise."""

import json
from reprlib import repr as brief
from typing import Any

__all__ = ["check_same", "parse"]


def parse(data: bytes) -> Any:
    """Read JSON; `ValueError` if an object has two values for a key."""
    return json.loads(data, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"one of these fields is there twice: {[key for key, _ in pairs]}")
    return found


def check_same(stored: bytes, written: bytes) -> None:
    """Compare a stored object with what would be written for the event that was read from it.

    The order of keys may differ, the spelling of numbers, and that of UTC in a moment.

    Raises:
        ValueError: A field is unknown, or says something else.
    """
    found, right = (parse(text.replace(b'+00:00"', b'Z"')) for text in (stored, written))
    for name, value in found.items():
        if name not in right:
            raise ValueError(f"field {name} is unknown")
        if value != right[name]:
            raise ValueError(f"field {name} is {brief(value)}, and not {brief(right[name])}")
