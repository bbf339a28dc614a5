"""What git knows of a workspace: which of its files a release brought."""

import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

__all__ = ["delivered_by_git", "is_clone", "tracked"]

FIRST_COMMIT = "Start the workshop"
"""What `workshop init` calls its commit; it is made in the student's name."""


def is_clone(root: Path) -> bool:
    """Whether the workspace can be updated by `git pull`."""
    return _is_top(root) and bool(_git(root, "remote"))


def tracked(root: Path) -> set[str] | None:
    """The files that git knows in a clone; `None` if the folder is none."""
    listed = _git(root, "ls-files", "-z") if _is_top(root) else None
    return None if listed is None else set(listed.decode("utf-8", "surrogateescape").split("\0"))


def delivered_by_git(root: Path, source: Path) -> dict[str, bytes] | None:
    """The files of the last commit that is the course's and not the student's.

    That is the commit with which `workshop init` began; or the last one that the newer clone has
    too; or, where the newer release is no clone, the last one that somebody else has made.
    """
    commit = _last_of_the_course(root, source) if _is_top(root) else None
    archive = commit and _git(root, "archive", "--format=tar", commit)
    if not archive:
        return None
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = [member for member in tar.getmembers() if member.isfile()]
        return {m.name: data.read() for m in members if (data := tar.extractfile(m))}


def _last_of_the_course(root: Path, source: Path) -> str | None:
    log = _git(root, "log", "--format=%H %ae %s")
    commits = [line.split(" ", 2) for line in (log or b"").decode("utf-8", "replace").splitlines()]
    if commits and commits[-1][2:] == [FIRST_COMMIT]:
        return commits[-1][0]
    if _is_top(source):
        theirs = set((_git(source, "rev-list", "HEAD") or b"").decode().split())
        return next((commit[0] for commit in commits if commit[0] in theirs), None)
    own = (_git(root, "config", "user.email") or b"").decode("utf-8", "replace").strip()
    return next((commit[0] for commit in commits if commit[1] != own), None)


def _is_top(root: Path) -> bool:
    """Whether the folder is a repository's own, and not a part of somebody's larger one."""
    return (root / ".git").exists()


def _git(root: Path, *arguments: str) -> bytes | None:
    git = shutil.which("git")
    if git is None:
        return None
    # Variables such as GIT_DIR, set where git itself called us, would lead to another repository.
    surroundings = {name: v for name, v in os.environ.items() if not name.startswith("GIT_")}
    command = [git, "-C", str(root), *arguments]
    done = subprocess.run(command, env=surroundings, capture_output=True)
    return done.stdout if done.returncode == 0 else None
