"""The branches of the student's repository that are ours to move, and those that are not."""

from collections.abc import Mapping, Sequence

from workshop.course.commits import EMAIL
from workshop.course.errors import CourseError
from workshop.course.git import Git

__all__ = ["Refs"]

_HEADS = "refs/heads/"


class Refs:
    """Branches by name.

    Raises:
        CourseError: A branch with another name takes the place of one of them: to git, a branch
            `solution` leaves no room for `solution/domain-model`.
    """

    def __init__(self, git: Git, names: Sequence[str]) -> None:
        self._git = git
        above = {f"{_HEADS}{name.partition('/')[0]}" for name in names}
        lines = git.ask("for-each-ref", "--format=%(objectname) %(refname) %(symref)", *above)
        found = [line.split(" ", 2) for line in lines]
        self._tips = {ref.removeprefix(_HEADS): id_ for id_, ref, _ in found}
        self._aliases = {ref.removeprefix(_HEADS): to for _, ref, to in found if to}
        self._checked_out = self._worktrees()
        for name in names:
            self._insist_on_room_for(name)

    def tip(self, name: str) -> str | None:
        """The commit that a branch is at; `None` if there is no such branch."""
        return self._tips.get(name)

    def why_not_move(self, name: str) -> str:
        """What stands against moving a branch, and what to do; nothing if it may be moved."""
        tip = self.tip(name)
        if other := self._aliases.get(name):
            return (
                f"It is a second name for {other}, so it stays as it is. To have ours, remove "
                f"that name: `git symbolic-ref --delete {_HEADS}{name}`."
            )
        if tip is not None and not self._is_all_ours(tip):
            mine = name.replace("solution/", "my-")
            return (
                f"It has commits that the workshop did not make, so it stays as it is. To have "
                f"ours beside it, give it another name: `git branch -m {name} {mine}`."
            )
        if folder := self._checked_out.get(name):
            return (
                f"It is checked out in {folder}, and files would no longer fit it. Go to another "
                f"branch there: `git checkout -`."
            )
        return ""

    def move(self, moves: Mapping[str, tuple[str | None, str]]) -> None:
        """Move branches, each from a commit (or from nowhere) to another; all, or none.

        Raises:
            CourseError: A branch is not where it was, or git cannot write.
        """
        lines = (
            f"update {_HEADS}{name} {new} {old or '0' * len(new)}\n"
            for name, (old, new) in moves.items()
        )
        said = ("--create-reflog", "-m", "workshop branches")
        self._git.ask("update-ref", *said, "--stdin", given="".join(lines).encode())

    def _is_all_ours(self, tip: str) -> bool:
        """Whether we made its newest commit, and all that would be lost without this branch."""
        elsewhere = ("HEAD", "--exclude=refs/heads/solution/*", "--all")
        form = "--format=%ae %ce"
        lost = self._git.ask("rev-list", form, tip, "--not", *elsewhere)
        newest = self._git.ask("rev-list", form, "--max-count=1", tip)
        made_by = {line for line in [*newest, *lost] if not line.startswith("commit ")}
        return made_by == {f"{EMAIL} {EMAIL}"}

    def _worktrees(self) -> dict[str, str]:
        """Where each branch is checked out."""
        places = {}
        folder = ""
        for line in self._git.ask("worktree", "list", "--porcelain"):
            key, _, value = line.partition(" ")
            if key == "worktree":
                folder = value
            elif key == "branch":
                places[value.removeprefix(_HEADS)] = folder
        return places

    def _insist_on_room_for(self, name: str) -> None:
        for taken in self._tips:
            if name.startswith(f"{taken}/") or taken.startswith(f"{name}/"):
                raise CourseError(
                    f"Your branch {taken} leaves no room for {name}. Give it another name: "
                    f"`git branch -m {taken} my-{taken.replace('/', '-')}`."
                )
