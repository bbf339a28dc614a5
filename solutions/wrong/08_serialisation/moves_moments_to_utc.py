"""You move every moment to UTC, and its own offset is lost.

The moment is the same. But somebody in Delhi did it at half past nine, and from what you stored
nobody can tell that it was in the morning. Does JSON ask you to convert anything?
"""

from datetime import timezone


def to_json(value):
    match value:
        case None | str() | bool() | int():
            return value
        case datetime():
            if value.utcoffset() is None:
                raise ValueError(f"{value!r} has no time zone")
            return value.astimezone(timezone.utc).isoformat()
        case date():
            return value.isoformat()
        case _:
            raise ValueError(f"{value!r} cannot be written as JSON")
