"""You write as text whatever JSON does not know.

`str` finds a text for everything, and none of it can be read again: `['Lisbon']` is a text of ten
characters now. Who should hear that a value cannot be written, and when?
"""


def to_json(value):
    match value:
        case None | str() | bool() | int():
            return value
        case datetime():
            if value.utcoffset() is None:
                raise ValueError(f"{value!r} has no time zone")
            return value.isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)
