"""The commit that the solution branches grow from.

Best is the newest one in which every exercise is still blank: what the student wrote is not in it,
and a newer release of the course, once it is pulled, is. It stays the same however much the student
commits from then on. Where no commit is like that, because the first one was made in the middle of
the day, it is the first with the manifest of today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.course.commits import EMAIL
from workshop.course.errors import CourseError
from workshop.course.git import Git

__all__ = ["Base", "base_of", "prefix_of"]

MANIFEST = "exercises/course.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Base:
    """A commit to grow from; `trees` has the ids of the folders that were asked for."""

    commit: str
    subject: str
    time: int
    trees: Mapping[str, str]


def prefix_of(git: Git, root: Path) -> str:
    """The workspace's path in its repository: nothing, or with a slash at the end.

    Raises:
        CourseError: There is no repository, none with files, or none with a commit.
    """
    inside, *prefix = git.ask("rev-parse", "--is-inside-work-tree", "--show-prefix")
    if inside != "true":
        raise CourseError(
            f"The git repository of {root} is a bare one, without files of its own. Run the "
            "command in a clone of it."
        )
    if not git.succeeds("rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
        raise CourseError(
            "Nothing is committed here yet, so the branches have nothing to grow from. Make a "
            'first commit with `git add --all` and `git commit -m "Start the workshop"`.'
        )
    return "".join(prefix)


def base_of(git: Git, prefix: str, blank: Mapping[str, str]) -> Base:
    """Find the commit to grow from.

    Args:
        git: The student's git.
        prefix: The workspace's path in the repository.
        blank: The tree of each folder, by its path in the repository, when it is blank.

    Raises:
        CourseError: The workspace was never committed.
    """
    history = list(_history(git, prefix, tuple(blank)))
    todays = history[0][1] if history else None
    if todays is None:
        raise CourseError(
            f"{prefix}{MANIFEST} is not committed, so git does not have the workshop yet. Commit "
            'it with `git add --all` and `git commit -m "Start the workshop"`.'
        )
    of_today = [base for base, manifest in history if manifest == todays]
    return next((base for base in of_today if base.trees == blank), of_today[-1])


def _history(git: Git, prefix: str, folders: tuple[str, ...]) -> Iterator[tuple[Base, str | None]]:
    """What HEAD grew from, newest first, with the manifest's id; without what we committed."""
    lines = git.ask("rev-list", "--topo-order", "--format=%H %ct %ce %s", "HEAD")
    commits = [line.split(" ", 3) for line in lines if not line.startswith("commit ")]
    theirs = [commit for commit in commits if commit[2] != EMAIL]
    paths = (f"{prefix}{MANIFEST}", *folders)
    wanted = "".join(f"{id_}:{path}\n" for id_, *_ in theirs for path in paths)
    found = iter(
        git.ask(
            "cat-file",
            "--batch-check=%(objectname)",
            given=wanted.encode("utf-8", "surrogateescape"),
        )
    )
    for id_, time, _, subject in theirs:
        manifest, *trees = (_id(next(found)) for _ in paths)
        there = {folder: tree for folder, tree in zip(folders, trees, strict=True) if tree}
        yield Base(commit=id_, subject=subject, time=int(time), trees=there), manifest


def _id(answer: str) -> str | None:
    """The id of what was asked for; `None` where the commit does not have it."""
    return None if answer.endswith(" missing") else answer
