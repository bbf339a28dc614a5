"""Your event is frozen, but what it holds is not.

`frozen` stops `event.payload` from being assigned. Does it stop `event.payload["name"]` from being
assigned? Which values has this event to tell, and what would each of them be called as a field?
"""


@dataclass(frozen=True, kw_only=True)
class ColumnAdded(Event):  # whole
    payload: dict[str, str | int | None]
