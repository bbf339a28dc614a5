"""You read None for every field, whatever its type.

A visit without a place comes out of your codec, and fails much later, where somebody uses the
place. Which types say that None is allowed?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    if value is None:
        return None
    if type(value) in allowed:
        return value
    if date in allowed and isinstance(value, str):
        return date.fromisoformat(value)
    if datetime in allowed and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is not None:
            return moment
    raise ValueError(f"{value!r} is no {kind}")
