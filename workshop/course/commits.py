"""Commits that are written straight into a repository.

`git fast-import` makes blobs, trees and commits from one stream, in one process. It looks at
neither index nor files nor HEAD, and converts no line ends. No branch is moved here: the commits
are there, and nothing points to them yet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshop.course.git import Git

__all__ = ["EMAIL", "Draft", "Written", "write_commits"]

EMAIL = "solutions@workshop.invalid"  # tells our commits from everybody's; nobody can have it
_COMMITTER = f"The workshop <{EMAIL}>"

_SCRATCH = "refs/workshop/scratch"  # a name that the stream needs; it is given up before it ends


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A commit that sets one folder, and leaves everything else as in the commit before.

    Attributes:
        message: What it says.
        time: Its date, in seconds since 1970, UTC.
        folder: The folder's path in the repository.
        files: All that is in it, by path in the folder.
    """

    message: str
    time: int
    folder: str
    files: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """The ids of a commit, and of the tree of the folder that it set."""

    commit: str
    tree: str


def write_commits(git: Git, parent: str | None, drafts: Sequence[Draft]) -> list[Written]:
    """Write one commit after the other; the same drafts on the same parent get the same ids.

    Raises:
        CourseError: git cannot write.
    """
    stream = b"".join(_stream(parent, drafts))
    lines = git.ask("fast-import", "--quiet", given=stream)
    return [
        Written(commit=commit, tree=listed.split()[2])
        for commit, listed in zip(lines[::2], lines[1::2], strict=True)
    ]


def _stream(parent: str | None, drafts: Iterable[Draft]) -> Iterator[bytes]:
    before = parent
    for mark, draft in enumerate(drafts, start=1):
        folder = _quoted(draft.folder)
        yield _line(f"commit {_SCRATCH}")
        yield _line(f"mark :{mark}")
        yield _line(f"committer {_COMMITTER} {draft.time} +0000")  # the author is the same
        yield _data(draft.message)
        if before is not None:
            yield _line(f"from {before}")
        yield _line(f"D {folder}")
        for name, text in draft.files.items():
            yield _line(f"M 100644 inline {_quoted(f'{draft.folder}/{name}')}")
            yield _data(text)
        before = f":{mark}"
        yield _line(f"get-mark {before}")
        yield _line(f"ls {before} {folder}")
    yield _line(f"reset {_SCRATCH}")


def _line(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape") + b"\n"


def _data(text: str) -> bytes:
    data = text.encode("utf-8")
    return b"data %d\n%b\n" % (len(data), data)


def _quoted(path: str) -> str:
    for character, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")):
        path = path.replace(character, escaped)
    return f'"{path}"'
