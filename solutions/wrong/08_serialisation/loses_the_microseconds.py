"""You write a moment without its microseconds.

Two things happen in one second, and the file tells them at the same moment. What does `isoformat`
write if you ask it for nothing special?
"""


def to_json(value):
    match value:
        case None | str() | bool() | int():
            return value
        case datetime():
            if value.utcoffset() is None:
                raise ValueError(f"{value!r} has no time zone")
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case _:
            raise ValueError(f"{value!r} cannot be written as JSON")
