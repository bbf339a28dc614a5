"""You write a moment without its time zone, and cannot read it again.

Look at the text that you write for half past nine in Delhi. Does it say where? `isoformat` writes
the offset if nobody has taken it away before.
"""


def to_json(value):
    match value:
        case None | str() | bool() | int():
            return value
        case datetime():
            if value.utcoffset() is None:
                raise ValueError(f"{value!r} has no time zone")
            return value.replace(tzinfo=None).isoformat()
        case date():
            return value.isoformat()
        case _:
            raise ValueError(f"{value!r} cannot be written as JSON")
