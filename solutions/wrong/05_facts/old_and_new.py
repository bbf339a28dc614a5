"""Your `ColumnRenamed` uses other words than its docstring.

The board and every reader will ask the event for what the docstring promises. Which name does it
give to the new value? And who could have told the old one, from the events before?
"""


@dataclass(frozen=True, kw_only=True)
class ColumnRenamed(Event):  # whole
    column_id: str
    old_name: str
    new_name: str
