"""All that an update will do, before any of it is done."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from workshop.course.results import FileMove, UpdateConflict
from workshop.course.update.deciding import Decision, decide
from workshop.course.update.delivery import Delivery
from workshop.course.update.release import Release
from workshop.course.update.sentences import conflicts_of

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """What becomes of every file, and what is put beside some of them.

    Attributes:
        decisions: One for each file.
        contents: The contents that files will have, by path; `None` for no file.
        conflicts: What both have changed.
    """

    decisions: tuple[Decision, ...]
    contents: dict[str, bytes | None]
    conflicts: tuple[UpdateConflict, ...]

    @classmethod
    def of(cls, base: Delivery, release: Release, read: Callable[[str], bytes | None]) -> "Plan":
        """Plan for a workspace; `read` gives the bytes of its files.

        Raises:
            OSError: A file cannot be read.
        """
        decisions = tuple(decide(base, release, read))
        contents: dict[str, bytes | None] = {}
        conflicts: list[UpdateConflict] = []
        for decision in decisions:
            contents |= {decision.was: None} if decision.was else {}
            if decision.was or decision.before != decision.after:
                contents[decision.file] = decision.after
            if decision.beside is not None:
                beside = _free(decision, decision.beside, read)
                contents[beside] = decision.beside
                conflicts += conflicts_of(decision, beside, release.delivery.outline)
        return cls(decisions, contents, tuple(conflicts))

    @property
    def updated(self) -> tuple[str, ...]:
        """Files that become new, in full or in part."""
        return tuple(
            d.file
            for d in self.decisions
            if d.before is not None and d.after not in (None, d.before) and not d.was
        )

    @property
    def added(self) -> tuple[str, ...]:
        """Files that the workspace did not have."""
        return tuple(d.file for d in self.decisions if d.before is None and d.after is not None)

    @property
    def removed(self) -> tuple[str, ...]:
        """Files that go."""
        return tuple(d.file for d in self.decisions if d.before is not None and d.after is None)

    @property
    def moved(self) -> tuple[FileMove, ...]:
        """Files that are called as their step is called now."""
        return tuple(FileMove(before=d.was, after=d.file) for d in self.decisions if d.was)

    @property
    def yours(self) -> tuple[str, ...]:
        """Files that stay as the student wrote them, in full or in part."""
        return tuple(d.file for d in self.decisions if d.yours)

    @property
    def left(self) -> tuple[str, ...]:
        """Files that stay though the release no longer has them."""
        return tuple(d.file for d in self.decisions if d.left)


def _free(decision: Decision, data: bytes, read: Callable[[str], bytes | None]) -> str:
    """A path beside the file at which nothing else lies."""
    word = "yours" if decision.reason == "needed" else "new"
    number = 1
    while True:
        mark = word if number == 1 else f"{word}-{number}"
        path = f"{decision.file}.{mark}"
        if decision.file.startswith("notebooks/"):  # JupyterLab opens what ends like a notebook
            path = re.sub(r"(\.ipynb)\.(.*)$", r".\2\1", path)
        if read(path) in (None, data):
            return path
        number += 1
