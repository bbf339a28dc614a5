"""The catalogue of mistakes: wrong answers kept as files, each known by how it fails.

`solutions/wrong/01_identity/name.py` holds replacement definitions. The first line of its
docstring says the mistake in one sentence; the rest asks a question that leads to the repair.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

import msgspec

from workshop.course.blanks import package_state
from workshop.course.errors import CourseError
from workshop.course.manifest import Step
from workshop.course.parsing import parse
from workshop.course.results import Mistake
from workshop.course.transplant import transplant

__all__ = [
    "Signatures",
    "WrongAnswer",
    "load_signatures",
    "of_step",
    "write_signatures",
]

Signatures = dict[str, dict[str, list[tuple[str, str]]]]
"""By step id, then by the wrong answer's name: the failing tests with their exceptions."""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """One wrong answer of a step."""

    mistake: Mistake
    source: str

    @classmethod
    def read(cls, path: Path) -> "WrongAnswer":
        """Read one file.

        Raises:
            CourseError: It does not parse, or its docstring lacks the sentence or the question.
        """
        source = path.read_text(encoding="utf-8")
        try:
            said = ast.get_docstring(parse(source)) or ""
        except SyntaxError as error:
            raise CourseError(f"The wrong answer {path.name} does not parse: {error}.") from error
        sentence, _, question = said.partition("\n\n")
        if not sentence or "\n" in sentence or not question.strip():
            raise CourseError(
                f"The wrong answer {path.name} needs a docstring of one line that says the "
                f"mistake, a blank line, and a question."
            )
        question = " ".join(question.split())
        return cls(Mistake(name=path.stem, sentence=sentence, question=question), source)

    def build(self, solved_package: Path, step: int) -> dict[str, str]:
        """The package of a student who solved all steps before, and made this mistake.

        Raises:
            CourseError: It cannot be put into the solution.
        """
        try:
            return transplant(package_state(solved_package, step + 1), self.source)
        except ValueError as error:
            raise CourseError(f"The wrong answer {self.mistake.name}: {error}.") from error


def of_step(root: Path, step: Step) -> tuple[WrongAnswer, ...]:
    """All wrong answers of a step, by name."""
    folder = root / "solutions" / "wrong" / step.slug
    return tuple(WrongAnswer.read(path) for path in sorted(folder.glob("*.py")))


def load_signatures(root: Path) -> Signatures:
    """What the audit recorded; nothing where it is missing or damaged."""
    try:
        return msgspec.json.decode(_signature_file(root).read_bytes(), type=Signatures)
    except (OSError, msgspec.DecodeError):
        return {}


def write_signatures(root: Path, signatures: Signatures) -> None:
    """Record the signatures, so that a difference shows in version control line by line."""
    text = msgspec.json.format(msgspec.json.encode(signatures, order="sorted"), indent=1)
    _signature_file(root).write_bytes(text + b"\n")


def _signature_file(root: Path) -> Path:
    return root / "solutions" / "wrong" / "signatures.json"
