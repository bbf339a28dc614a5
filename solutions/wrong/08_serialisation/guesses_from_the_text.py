"""You make a day of any text that looks like one.

Somebody calls a work item 2024-02-29. It is a name, and your codec turns it into a day. Where does
it say which of the two a field is, if not in the text?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    if type(value) in allowed:
        return value
    if date in allowed and isinstance(value, str):
        return date.fromisoformat(value)
    if datetime in allowed and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is not None:
            return moment
    raise ValueError(f"{value!r} is no {kind}")
