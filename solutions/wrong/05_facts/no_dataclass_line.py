"""Your events are no dataclasses yet, so nothing fills their fields.

A class that has annotations alone has no `__init__` of its own. What stands above the class line of
`BoardCreated`, which is there as an example?
"""


class ColumnAdded(Event):  # whole
    column_id: str
    name: str
    wip_limit: int | None


class ColumnInserted(Event):  # whole
    column_id: str
    following_id: str
    name: str
    wip_limit: int | None


class ColumnRenamed(Event):  # whole
    column_id: str
    name: str


class WipLimitChanged(Event):  # whole
    column_id: str
    wip_limit: int | None


class ColumnRemoved(Event):  # whole
    column_id: str


class WorkItemScheduled(Event):  # whole
    work_item_id: str
    column_id: str


class WorkItemAdvanced(Event):  # whole
    work_item_id: str
    from_column_id: str
    to_column_id: str


class WorkItemAbandoned(Event):  # whole
    work_item_id: str
    column_id: str


class WorkItemRetired(Event):  # whole
    work_item_id: str
    column_id: str
