"""Slots, and one immutable value for all that changes; no value means discarded."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import uuid4

from .errors import DiscardedEntityError

__all__ = ["WorkItem", "register_work_item"]


class _Contents(NamedTuple):
    name: str
    due_date: date | None
    content: str

    def valid(self) -> "_Contents":
        if not self.name or self.name.isspace():
            raise ValueError(f"The name {self.name!r} is blank.")
        match self.due_date:
            case datetime():
                raise ValueError(f"{self.due_date.isoformat()} has a time of day.")
            case date() | None:
                return self._replace(name=self.name.strip())
        raise ValueError(f"{self.due_date} is not a day.")


class WorkItem:
    __slots__ = ("__contents", "__who")

    def __init__(self, who: str, contents: _Contents) -> None:
        self.__who = who
        self.__contents: _Contents | None = contents.valid()

    @property
    def id(self) -> str:
        return self.__who

    @property
    def name(self) -> str:
        return self.__now().name

    @property
    def due_date(self) -> date | None:
        return self.__now().due_date

    @property
    def content(self) -> str:
        return self.__now().content

    def rename(self, name: str) -> None:
        self.__contents = self.__now()._replace(name=name).valid()

    def change_due_date(self, due_date: date | None) -> None:
        self.__contents = self.__now()._replace(due_date=due_date).valid()

    def change_content(self, content: str) -> None:
        self.__contents = self.__now()._replace(content=content).valid()

    def discard(self) -> None:
        self.__now()
        self.__contents = None

    def __now(self) -> _Contents:
        if self.__contents is None:
            raise DiscardedEntityError("work item", self.__who)
        return self.__contents

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkItem) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<work item {self.__who}: {self.__contents}>"


def register_work_item(
    name: str,
    *,
    due_date: date | None = None,
    content: str = "",
    work_item_id: str | None = None,
) -> WorkItem:
    who = f"work-item-{uuid4()}" if work_item_id is None else work_item_id
    return WorkItem(who, _Contents(name, due_date, content))
