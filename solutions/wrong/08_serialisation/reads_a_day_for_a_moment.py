"""You read the text of a moment as if it were that of a day.

`datetime` is a subclass of `date`, so `issubclass` says yes for both. How do you ask whether a
field's type is precisely the one, or precisely the other?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    if type(value) in allowed:
        return value
    if any(issubclass(each, date) for each in allowed) and isinstance(value, str):
        return date.fromisoformat(value)
    if datetime in allowed and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is not None:
            return moment
    raise ValueError(f"{value!r} is no {kind}")
