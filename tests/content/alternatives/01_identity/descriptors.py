"""A descriptor for what can be asked, and a decorator for what can be done."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any
from uuid import uuid4

from .errors import DiscardedEntityError

__all__ = ["WorkItem", "register_work_item"]


class _Query:
    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, item: "WorkItem", owner: type) -> Any:
        item.must_be_in_use()
        return item.values[self.name]

    def __set__(self, item: "WorkItem", value: object) -> None:
        raise AttributeError(f"{self.name} is changed by a command")


def _command(method: Callable[..., None]) -> Callable[..., None]:
    @wraps(method)
    def guarded(item: "WorkItem", *args: Any) -> None:
        item.must_be_in_use()
        method(item, *args)

    return guarded


def _not_blank(name: str) -> str:
    if not (stripped := name.strip()):
        raise ValueError(f"{name!r} says nothing")
    return stripped


def _day(due_date: object) -> date | None:
    if due_date is None:
        return None
    if isinstance(due_date, date) and not isinstance(due_date, datetime):
        return due_date
    raise ValueError(f"{due_date!r} is no day")


class WorkItem:
    name = _Query()
    due_date = _Query()
    content = _Query()

    def __init__(self, name: str, due_date: object, content: str, identity: str) -> None:
        self.identity = identity
        self.gone = False
        self.values = {"name": _not_blank(name), "due_date": _day(due_date), "content": content}

    @property
    def id(self) -> str:
        return self.identity

    @_command
    def rename(self, name: str) -> None:
        self.values["name"] = _not_blank(name)

    @_command
    def change_due_date(self, due_date: object) -> None:
        self.values["due_date"] = _day(due_date)

    @_command
    def change_content(self, content: str) -> None:
        self.values["content"] = content

    @_command
    def discard(self) -> None:
        self.gone = True

    def must_be_in_use(self) -> None:
        if self.gone:
            raise DiscardedEntityError("work item", self.identity)

    def __eq__(self, other: object) -> bool:
        match other:
            case WorkItem():
                return self.identity == other.identity
            case _:
                return False

    def __hash__(self) -> int:
        return hash(self.identity)

    def __repr__(self) -> str:
        return f"{self.identity}: {self.values}"


def register_work_item(
    name: str,
    *,
    due_date: date | None = None,
    content: str = "",
    work_item_id: str | None = None,
) -> WorkItem:
    return WorkItem(name, due_date, content, work_item_id if work_item_id else str(uuid4()))
