"""You read a day from the text of a moment, and drop the time of day.

Your codec writes no such text for a day, so somebody put a wrong value there. Is it your codec's to
make something of it? Which method reads a day and nothing else?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    if type(value) in allowed:
        return value
    if date in allowed and isinstance(value, str):
        return datetime.fromisoformat(value).date()
    if datetime in allowed and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is not None:
            return moment
    raise ValueError(f"{value!r} is no {kind}")
