"""Your event can be changed after it happened.

What if somebody corrects it an hour later, and a report has been made in between? Which argument of
`@dataclass` makes an assignment fail?
"""


@dataclass(kw_only=True)
class WorkItemAdvanced(Event):  # whole
    work_item_id: str
    from_column_id: str
    to_column_id: str
