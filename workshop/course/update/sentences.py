"""What a student is told of a file that both have changed."""

from collections.abc import Iterator
from itertools import groupby

from workshop.course.results import StepRef, UpdateConflict
from workshop.course.update.deciding import Decision
from workshop.course.update.outline import Outline

__all__ = ["conflicts_of"]


def conflicts_of(decision: Decision, beside: str, outline: Outline) -> Iterator[UpdateConflict]:
    """A sentence for the file or, where it was merged, for each step that both have changed."""
    file = decision.file
    if not decision.clashes:
        steps = outline.steps_of(file)
        yield _conflict(steps, decision, (), beside, _of_the_file(decision, beside))
    for number, clashes in groupby(
        sorted(decision.clashes, key=lambda clash: clash.step or 0), key=lambda clash: clash.step
    ):
        names = tuple(clash.name for clash in clashes)
        steps = outline.step(number) or outline.steps_of(file)
        said = _in_a_row([f"`{name}`" for name in names])
        them, verb = ("them", "are") if len(names) > 1 else ("it", "is")
        sentence = (
            f"{said} {verb} yours, and the new release has changed {them} too: yours "
            f"stays in `{file}`, and ours is in `{beside}`."
        )
        yield _conflict(steps, decision, names, beside, sentence)


def _of_the_file(decision: Decision, beside: str) -> str:
    file = decision.file
    where = f"yours stays, and ours is in `{beside}`"
    match decision.reason:
        case "needed":
            return (
                f"you have changed `{file}`, and the course cannot do without the new one: "
                f"ours is in its place now, and yours is in `{beside}`."
            )
        case "unreadable":
            return f"Python cannot read your `{file}`, so nothing was merged: {where}."
        case "unknown":
            return f"`{file}` may be yours, since nobody knows how it was delivered: {where}."
        case _:
            return f"you have changed `{file}`, and so has the new release: {where}."


def _conflict(
    steps: tuple[StepRef, ...],
    decision: Decision,
    names: tuple[str, ...],
    beside: str,
    sentence: str,
) -> UpdateConflict:
    where = _where(steps)
    sentence = f"{where}, {sentence}" if where else sentence[0].upper() + sentence[1:]
    return UpdateConflict(
        steps=steps, file=decision.file, names=names, beside=beside, sentence=sentence
    )


def _where(steps: tuple[StepRef, ...]) -> str:
    numbers = _in_a_row([str(step.number) for step in steps])
    return f"In step{'s' if len(steps) > 1 else ''} {numbers}" if steps else ""


def _in_a_row(words: list[str]) -> str:
    """`1`, `1 and 2`, `1, 2 and 3`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
