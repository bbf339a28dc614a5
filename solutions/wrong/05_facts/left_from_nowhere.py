"""The events of leaving the board do not say which column your item left.

The board could look for the item in all its columns. What has somebody who holds nothing but the
events, and asks in which column most work is given up?
"""


@dataclass(frozen=True, kw_only=True)
class WorkItemAbandoned(Event):  # whole
    work_item_id: str


@dataclass(frozen=True, kw_only=True)
class WorkItemRetired(Event):  # whole
    work_item_id: str
