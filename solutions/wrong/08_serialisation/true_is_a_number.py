"""You take True for a number.

Try `isinstance(True, int)`. A WIP limit of True would be one item, and nobody meant that. How do
you ask for the type itself, without its subclasses?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    if isinstance(value, allowed):
        return value
    if date in allowed and isinstance(value, str):
        return date.fromisoformat(value)
    if datetime in allowed and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is not None:
            return moment
    raise ValueError(f"{value!r} is no {kind}")
