"""Your code cannot read a moment on the full second.

Print the `isoformat` of a moment with zero microseconds. It looks different, and it comes about
once in a million events. Which method of `datetime` reads both forms?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    if type(value) in allowed:
        return value
    if date in allowed and isinstance(value, str):
        return date.fromisoformat(value)
    if datetime in allowed and isinstance(value, str):
        moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%f%z")
        if moment.utcoffset() is not None:
            return moment
    raise ValueError(f"{value!r} is no {kind}")
