"""You write a moment that has no time zone.

Half past nine is another moment in Lisbon than in Delhi. Whoever reads the file next year, on
another computer: which of the two do they get? What should the writer be told at once? And if you
do tell them: which of your cases sees a moment first? Every `datetime` is a `date`.
"""


def to_json(value):
    match value:
        case None | str() | bool() | int():
            return value
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case _:
            raise ValueError(f"{value!r} cannot be written as JSON")
