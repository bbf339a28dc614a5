"""You take a moment for a day, and its time of day is lost.

Try `isinstance(datetime.now(), date)`. Every moment is a day, too. Which of the two do you have to
ask for first?
"""


def to_json(value):
    match value:
        case None | str() | bool() | int():
            return value
        case date():
            return value.strftime("%Y-%m-%d")
        case datetime():
            if value.utcoffset() is None:
                raise ValueError(f"{value!r} has no time zone")
            return value.isoformat()
        case _:
            raise ValueError(f"{value!r} cannot be written as JSON")
