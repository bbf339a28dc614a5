"""Your event has no way to say that a column takes any number of items.

Which type does the annotation of `wip_limit` allow? What does the team tell the board when it lifts
a limit? Step 8 reads these annotations to check what was stored.
"""


@dataclass(frozen=True, kw_only=True)
class WipLimitChanged(Event):  # whole
    column_id: str
    wip_limit: int
