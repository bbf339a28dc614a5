"""A number where your code expects the text of a day ends in a `TypeError`.

`fromisoformat` raises `ValueError` for a text that is no day. What does it raise for something that
is no text? What do you have to know of a value before you hand it over?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    if type(value) in allowed:
        return value
    if date in allowed:
        return date.fromisoformat(value)
    if datetime in allowed:
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is not None:
            return moment
    raise ValueError(f"{value!r} is no {kind}")
