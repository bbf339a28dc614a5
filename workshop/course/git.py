"""The git program, called for one repository.

Git's own variables may lead to another repository, and its settings may call hooks or ask for a
signature. Here they do neither.
"""

import os
import shutil
import subprocess
from pathlib import Path

from workshop.course.errors import CourseError

__all__ = ["Git", "in_one_sentence"]

# Variables that say how git is set up on this machine. All others of git's go: GIT_DIR, for one,
# is set where a hook called us, and names whatever repository that hook belongs to.
_SET_UP = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_TEMPLATE_DIR", "GIT_CEILING_DIRECTORIES")

_WHATEVER_IS_CONFIGURED = {
    "core.hooksPath": os.devnull,
    "core.safecrlf": "false",
    "commit.gpgSign": "false",
    "i18n.commitEncoding": "UTF-8",
    "i18n.logOutputEncoding": "UTF-8",
}


class Git:
    """Git in a folder. What it says is read as UTF-8, and kept whole if it is not.

    Raises:
        CourseError: There is no git on this machine.
    """

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise CourseError(
                "git is not installed here, or not on the PATH; `workshop doctor` says how to "
                "install it. All else in the course works without it."
            )
        settings = [f"{name}={value}" for name, value in _WHATEVER_IS_CONFIGURED.items()]
        options = [part for setting in settings for part in ("-c", setting)]
        self._command = [program, "-C", str(folder), *options]
        self._surroundings = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GIT_") or name.startswith(_SET_UP)
        } | {"LC_ALL": "C"}  # English: `in_one_sentence` reads it

    def run(self, *arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        """Run a command of git's, whatever comes of it."""
        command = [*self._command, *arguments]
        try:
            return subprocess.run(
                command, env=self._surroundings, input=given, capture_output=True, check=False
            )
        except OSError as error:
            raise CourseError(
                f"git does not run ({error.strerror}): `workshop doctor` says how to install it."
            ) from error

    def succeeds(self, *arguments: str) -> bool:
        """Run a command of git's, and say whether it did what it should."""
        return self.run(*arguments).returncode == 0

    def ask(self, *arguments: str, given: bytes = b"") -> list[str]:
        """The lines that a command of git's prints.

        Raises:
            CourseError: It failed.
        """
        done = self.run(*arguments, given=given)
        if done.returncode != 0:
            raise CourseError(in_one_sentence(done.stderr.decode("utf-8", "replace")))
        said = done.stdout.decode("utf-8", "surrogateescape")
        return said.split("\n")[:-1]  # `splitlines` would also break a subject at a form feed


def in_one_sentence(said: str) -> str:
    """What git said when it failed, with what mends it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    first = next((line for line in lines if line.startswith(("fatal:", "error:"))), "nothing")
    first = first.partition(": ")[2] or first
    if "not a git repository" in first:
        return (
            "This folder is not in a git repository, so there is no place for branches. Make it "
            'one with `git init`, `git add --all` and `git commit -m "Start the workshop"`.'
        )
    if "dubious ownership" in first:
        command = next((line for line in lines if line.startswith("git config")), "git status")
        return (
            "git does not read this repository, because its folder belongs to another user. "
            f"If you trust it, run `{command}`."
        )
    return f"git refused, and said: {first.rstrip('.')}. Mend that, and run the command again."
