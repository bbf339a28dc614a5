"""Your event fills in a value that nobody gave it.

In ten years somebody reads `wip_limit=None` in a log. Did the team want no limit, or did a line of
code forget to say? A fact knows what happened: who should have to say it?
"""


@dataclass(frozen=True, kw_only=True)
class ColumnAdded(Event):  # whole
    column_id: str
    name: str
    wip_limit: int | None = None
