"""A dataclass without generated equality; an enum for the life of an item."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from uuid import uuid4

from .errors import DiscardedEntityError

__all__ = ["WorkItem", "register_work_item"]


class _Life(Enum):
    IN_USE = 1
    OVER = 2


@dataclass(eq=False)
class WorkItem:
    key: str
    title: str
    due: date | None
    text: str
    life: _Life = field(default=_Life.IN_USE, init=False)

    def __post_init__(self) -> None:
        self.rename(self.title)
        self.change_due_date(self.due)

    @property
    def id(self) -> str:
        return self.key

    @property
    def name(self) -> str:
        return self._in_use().title

    @property
    def due_date(self) -> date | None:
        return self._in_use().due

    @property
    def content(self) -> str:
        return self._in_use().text

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.key == self.key

    def __hash__(self) -> int:
        return hash(("work item", self.key))

    def rename(self, name: str) -> None:
        if name.strip() == "":
            raise ValueError(f"blank: {name!r}")
        self._in_use().title = name.strip()

    def change_due_date(self, due_date: date | None) -> None:
        if due_date is not None and type(due_date) is not date:
            raise ValueError(f"not a day: {due_date}")
        self._in_use().due = due_date

    def change_content(self, content: str) -> None:
        self._in_use().text = content

    def discard(self) -> None:
        self._in_use().life = _Life.OVER

    def _in_use(self) -> "WorkItem":
        if self.life is _Life.OVER:
            raise DiscardedEntityError("work item", self.key)
        return self


def register_work_item(
    name: str,
    *,
    due_date: date | None = None,
    content: str = "",
    work_item_id: str | None = None,
) -> WorkItem:
    return WorkItem(work_item_id or uuid4().hex, name, due_date, content)
