"""Your class looks like an event, but is not one to anybody who asks.

Read the class line again, and compare it with that of `BoardCreated`. What stands there in the
parentheses?
"""


@dataclass(frozen=True, kw_only=True)
class ColumnRemoved:  # whole
    column_id: str
