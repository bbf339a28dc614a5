"""You say that an id is something else than text.

What does the board give out as the id of a column, according to the annotation of `Column.id`?
Which type do the ids of `WorkItemRegistered` and `BoardCreated` have?
"""

from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ColumnRemoved(Event):  # whole
    column_id: UUID
