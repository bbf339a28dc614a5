"""What a failure gives away: the likely mistake or, where no name would be sure, the place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.course.blanks import blank_names, package_state
from workshop.course.checking import Checked
from workshop.course.diagnosis import diagnose
from workshop.course.errors import CourseError
from workshop.course.manifest import Course, Step
from workshop.course.results import Failed, Mistake, TimedOut
from workshop.course.transplant import replaced_by
from workshop.course.wrong_answers import WrongAnswer, load_signatures, of_step

__all__ = ["Clues", "clues_in", "places"]


@dataclass(frozen=True, slots=True)
class Clues:
    """What there is to say beside the verdict.

    Attributes:
        mistake: What the student has done, or has perhaps done.
        look_at: The definition that the known mistakes nearest to this failure are made in, where
            none of them is named; `None` if they are made in several, or the step has one only.
    """

    mistake: Mistake | None = None
    look_at: str | None = None


_NO_CLUES = Clues()


def clues_in(root: Path, course: Course, step: Step, checked: Checked) -> Clues:
    """Compare a failure with those of the step's wrong answers.

    A wrong answer whose file is missing or damaged is as good as none.

    Args:
        root: The workspace.
        course: The course.
        step: The step that was checked.
        checked: What came of it.
    """
    verdict = checked.verdict
    if not isinstance(verdict, Failed | TimedOut):
        return _NO_CLUES
    first = verdict.failure.test.partition("::")[2] if isinstance(verdict, Failed) else None
    recorded = load_signatures(root).get(step.id, {})
    known = {name: frozenset(signature) for name, signature in recorded.items()}
    found = diagnose(checked.signature, known, checked.blanks, first)
    try:
        if found.name is None:
            return Clues(look_at=found.place(places(root, course, step)))
        path = root / "solutions" / "wrong" / step.slug / f"{found.name}.py"
        mistake = WrongAnswer.read(path).mistake
        return Clues(replace(mistake, certain=found.certain, alone=found.alone))
    except (OSError, CourseError):
        return _NO_CLUES


def places(root: Path, course: Course, step: Step) -> Mapping[str, frozenset[str]]:
    """By wrong answer, what it changes of that which the step asks for, by qualified name.

    Nothing where the step asks for one definition: everybody looks there anyway.

    Raises:
        CourseError: The solution or a wrong answer cannot be read.
    """
    solved = package_state(root / "solutions" / course.part_of(step).package, step.number + 1)
    asked = {name for text in solved.values() for name in blank_names(text, step.number)}
    if len(asked) == 1:
        return {}
    return {
        wrong.mistake.name: frozenset(map(_without_accessor, replaced_by(wrong.source))) & asked
        for wrong in of_step(root, step)
    }


def _without_accessor(key: str) -> str:
    """A property's setter is, to who looks for it, the property."""
    return key.removesuffix(".setter").removesuffix(".deleter")
