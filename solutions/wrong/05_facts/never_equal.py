"""Two of your events tell the same, and yet they are not equal.

An event is a value: it is what it tells. Which `==` does `@dataclass` write for you, and what keeps
it from doing so here?
"""


@dataclass(frozen=True, kw_only=True, eq=False)
class ColumnRenamed(Event):  # whole
    column_id: str
    name: str
