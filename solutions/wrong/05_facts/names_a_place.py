"""Your event says at which place a column stands, and not which column it is.

Read the event without the board: is place 1 *Doing*, or *Review*? That depends on every column that
was added or removed before. Which value means the same column at all times?
"""


@dataclass(frozen=True, kw_only=True)
class ColumnInserted(Event):  # whole
    column_id: str
    following_index: int
    name: str
    wip_limit: int | None
