"""What a newer release brought into a workspace, as a result."""

from dataclasses import dataclass

from workshop.course.step_ref import StepRef

__all__ = ["FileMove", "UpdateConflict", "UpdateResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateConflict:
    """A file that the student has changed, and the newer release too.

    Attributes:
        steps: The steps that it is about; none if it belongs to no step.
        file: The file.
        names: What in it both have changed, where it was merged definition by definition.
        beside: The file that holds the version which is not in its place.
        sentence: What became of the two.
    """

    steps: tuple[StepRef, ...]
    file: str
    names: tuple[str, ...]
    beside: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileMove:
    """A file that has another name now, as its step has."""

    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateResult:
    """What a newer release brought into the workspace, or would bring.

    Attributes:
        source: The folder of the newer release.
        dry_run: Whether nothing was written.
        updated: Files that became new, in full or in part.
        added: Files that are new; those beside a conflict are not among them.
        removed: Files that the release no longer has, and nobody had changed.
        moved: Files that were renamed, the student's among them.
        yours: Files that stay, in full or in part, as the student wrote them.
        left: Files that the release no longer has and that stay all the same.
        conflicts: What both have changed.
        backup: The folder that keeps what was there before; `None` if nothing was written.
    """

    source: str
    dry_run: bool
    updated: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[FileMove, ...]
    yours: tuple[str, ...]
    left: tuple[str, ...]
    conflicts: tuple[UpdateConflict, ...]
    backup: str | None
    next_action: str
    warnings: tuple[str, ...] = ()

    @property
    def changes(self) -> int:
        """How many files changed, or would."""
        return len({*self.updated, *self.added, *self.removed, *(m.after for m in self.moved)})

    @property
    def beside(self) -> tuple[str, ...]:
        """The files that lie beside those that both have changed."""
        return tuple(dict.fromkeys(conflict.beside for conflict in self.conflicts))
