"""What a step asks for in a student's package, and what of it is still blank."""

import re
from dataclasses import dataclass
from pathlib import Path

from workshop.course.blanks import blank_names, python_files
from workshop.course.manifest import Step
from workshop.course.parsing import decode

__all__ = ["Assignment", "blank_in"]

_MESSAGE = re.compile(r"step (\d+): (\S+)")
_RAISED = re.compile(
    r"""^[^#\n]*\braise\s+NotImplementedError\(\s*["']step\ (\d+):\ ([^\s"']+)["']""",
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a step asks for.

    Attributes:
        asked: Everything that it asks the student to write.
        left: What still raises `NotImplementedError` for it, each with its file, in the order of
            the text. A student may have removed the markers; these lines are what a blank is.
    """

    asked: tuple[str, ...]
    left: tuple[tuple[str, str], ...]

    @property
    def begun(self) -> bool:
        """Whether something of it is written."""
        return {name for _, name in self.left} < set(self.asked)

    @classmethod
    def of(cls, root: Path, package: str, step: Step) -> "Assignment":
        """Read the student's package, whose files Python can parse.

        Args:
            root: The workspace.
            package: The student's package, relative to it.
            step: The step.
        """
        asked: list[str] = []
        left: list[tuple[str, str]] = []
        for name, path in python_files(root / package).items():
            text = decode(path.read_bytes())[0]
            asked += blank_names(text, step.number)
            left += [
                (f"{package}/{name}", blank)
                for number, blank in _RAISED.findall(text)
                if int(number) == step.number
            ]
        return cls(tuple(asked), tuple(dict.fromkeys(left)))


def blank_in(message: str, step: int) -> str | None:
    """The blank of this step that an error's message names."""
    match = _MESSAGE.fullmatch(message)
    return match[2] if match and int(match[1]) == step else None
