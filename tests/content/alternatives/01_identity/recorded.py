"""An item that remembers what happened to it and answers from that: the second part's way."""

from datetime import date, datetime
from uuid import uuid4

from .errors import DiscardedEntityError

__all__ = ["WorkItem", "register_work_item"]


class WorkItem:
    def __init__(self, registered: dict[str, object]) -> None:
        self._history: list[dict[str, object]] = []
        self._record(**registered)

    @property
    def id(self) -> str:
        return str(self._history[0]["id"])

    @property
    def name(self) -> str:
        return str(self._latest("name"))

    @property
    def due_date(self) -> date | None:
        return self._latest("due_date")  # type: ignore[return-value]

    @property
    def content(self) -> str:
        return str(self._latest("content"))

    def rename(self, name: str) -> None:
        self._record(name=name)

    def change_due_date(self, due_date: date | None) -> None:
        self._record(due_date=due_date)

    def change_content(self, content: str) -> None:
        self._record(content=content)

    def discard(self) -> None:
        self._record(discarded=True)

    def _record(self, **facts: object) -> None:
        if any("discarded" in earlier for earlier in self._history):
            raise DiscardedEntityError("work item", self.id)
        if "name" in facts:
            facts["name"] = str(facts["name"]).strip()
            if facts["name"] == "":
                raise ValueError("A name says something.")
        due_date = facts.get("due_date")
        if isinstance(due_date, datetime) or not isinstance(due_date, date | None):
            raise ValueError(f"Due is a day, or nothing is: {due_date}.")
        self._history.append(facts)

    def _latest(self, what: str) -> object:
        if "discarded" in self._history[-1]:
            raise DiscardedEntityError("work item", self.id)
        return next(facts[what] for facts in reversed(self._history) if what in facts)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, WorkItem):
            return self.id == other.id
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"WorkItem{self._history}"


def register_work_item(
    name: str,
    *,
    due_date: date | None = None,
    content: str = "",
    work_item_id: str | None = None,
) -> WorkItem:
    if work_item_id is None:
        work_item_id = str(uuid4())
    values = {"id": work_item_id, "name": name, "due_date": due_date, "content": content}
    return WorkItem(values)
