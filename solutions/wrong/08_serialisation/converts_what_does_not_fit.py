"""You convert a value of the wrong type, and do not refuse it.

`int('3')` works, and so does `str(None)`. And what is `bool('no')`? What was stored is not what the
class promises. Does your codec know better than the file, or should it ask?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    if type(value) in allowed:
        return value
    if date in allowed and isinstance(value, str):
        return date.fromisoformat(value)
    if datetime in allowed and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is not None:
            return moment
    if date in allowed or datetime in allowed:
        raise ValueError(f"{value!r} is no {kind}")
    return allowed[0](value)
