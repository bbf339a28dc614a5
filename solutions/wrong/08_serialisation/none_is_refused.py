"""You refuse None where the field allows it.

A column without a limit and an item without a due date are quite common. Which two types are in
`int | None`, and which of them is that of None?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    allowed = tuple(each for each in allowed if each is not type(None))
    if type(value) in allowed:
        return value
    if date in allowed and isinstance(value, str):
        return date.fromisoformat(value)
    if datetime in allowed and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is not None:
            return moment
    raise ValueError(f"{value!r} is no {kind}")
