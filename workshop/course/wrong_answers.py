"""The catalogue of mistakes: wrong answers kept as files, each known by how it fails.

`solutions/wrong/01_identity/name.py` holds replacement definitions. The first line of its
docstring says the mistake in one sentence; the rest asks a question that leads to the repair.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from workshop.course.blanks import package_state
from workshop.course.checking import Signature
from workshop.course.errors import CourseError
from workshop.course.manifest import Step
from workshop.course.parsing import parse
from workshop.course.results import Mistake
from workshop.course.transplant import transplant

__all__ = [
    "Signatures",
    "WrongAnswer",
    "likely_mistake",
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


def likely_mistake(
    root: Path, step: Step, signature: Signature, unknown: frozenset[str] = frozenset()
) -> Mistake | None:
    """The one mistake that fails in the same way.

    Args:
        root: The workspace.
        step: The step that failed.
        signature: How it failed.
        unknown: Tests to leave out of account, because they met a blank.
    """
    seen = _without(signature, unknown)
    recorded: Mapping[str, list[tuple[str, str]]] = load_signatures(root).get(step.id, {})
    alike = [
        name for name, known in recorded.items() if _without(frozenset(known), unknown) == seen
    ]
    if not seen or len(alike) != 1:
        return None
    path = root / "solutions" / "wrong" / step.slug / f"{alike[0]}.py"
    try:
        return WrongAnswer.read(path).mistake
    except (OSError, CourseError):
        return None


def _without(signature: Signature, tests: frozenset[str]) -> Signature:
    return frozenset((test, error) for test, error in signature if test not in tests)


def _signature_file(root: Path) -> Path:
    return root / "solutions" / "wrong" / "signatures.json"
