"""Your `WorkItemAdvanced` leaves out something that it has to tell.

A reader wants to know how long items stay in a column. It has this event and no board. Can it tell
which item moved, which column it left, and which one it entered?
"""


@dataclass(frozen=True, kw_only=True)
class WorkItemAdvanced(Event):  # whole
    work_item_id: str
    to_column_id: str
