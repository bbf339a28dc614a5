"""Your event can be made without saying which value is which.

In `WorkItemAdvanced("item-1", "column-1", "column-2")`, which column did the item leave? If the
two are swapped, who notices? Which argument of `@dataclass` asks for the names?
"""


@dataclass(frozen=True)
class WorkItemAdvanced(Event):  # whole
    work_item_id: str
    from_column_id: str
    to_column_id: str
