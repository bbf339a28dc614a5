"""Reading JSON without mercy: nothing said twice, nothing left over, nothing filled in."""

import json
import reprlib
from datetime import datetime
from typing import Any

__all__ = ["check_same", "parse"]


def parse(data: bytes) -> Any:
    """Read JSON, for upcasters and comparisons.

    Raises:
        ValueError: It is not JSON, or an object has two values for a key.
    """
    return json.loads(data.decode(), object_pairs_hook=_object)


def check_same(stored: Any, written: Any, where: str = "data") -> None:
    """Compare stored JSON with what would be written for the event that was read from it.

    The order of keys, the spelling of numbers and moments, and the order of a set may differ.

    Raises:
        ValueError: Something is missing, unknown or different; the message says where.
    """
    if isinstance(written, dict) and isinstance(stored, dict):
        if unlike := sorted(stored.keys() ^ written.keys(), key=str):
            state = "is unknown" if unlike[0] in stored else "is missing"
            raise ValueError(f"{where}.{unlike[0]} {state}")
        for key, value in written.items():
            check_same(stored[key], value, f"{where}.{key}")
    elif isinstance(written, list) and isinstance(stored, list) and len(stored) == len(written):
        if sorted(map(str, stored)) != sorted(map(str, written)):
            for place, value in enumerate(written):
                check_same(stored[place], value, f"{where}[{place}]")
    elif stored != written and not _is_same_moment(stored, written):
        got = reprlib.repr(stored)
        raise ValueError(f"{where} holds {got}, which would be written as {reprlib.repr(written)}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"field {twice} is there twice")
    return found


def _is_same_moment(stored: object, written: object) -> bool:
    try:
        return datetime.fromisoformat(str(stored)) == datetime.fromisoformat(str(written))
    except ValueError:
        return False
