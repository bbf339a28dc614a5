"""You read a moment that has no time zone.

Python guesses the zone of the computer that reads it, and the next computer guesses another. Which
moments does your codec write, and what is true of a text that it cannot have written?
"""


def from_json(value, kind):
    allowed = _types_in(kind)
    if type(value) in allowed:
        return value
    if date in allowed and isinstance(value, str):
        return date.fromisoformat(value)
    if datetime in allowed and isinstance(value, str):
        return datetime.fromisoformat(value)
    raise ValueError(f"{value!r} is no {kind}")
