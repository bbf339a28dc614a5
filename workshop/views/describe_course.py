"""The findings of a rehearsal as two tables: a line for each step, and one for each other file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from workshop.course.results import Aspect, Finding, StepRef

from .document import Block, Cell, Column, Paragraph, Row, Table
from .words import count

__all__ = ["describe_course"]

_STEPS = (
    Column("Step", numeric=True),
    Column("About", prose=True),
    Column("Starter"),
    Column("Solution"),
    Column("Mistakes"),
    Column("Notebook"),
)

_FILES = (Column("Deck, demo, or notebook without a step"), Column("Runs"), Column("As HTML"))

_OF_A_STEP: tuple[Aspect, ...] = ("starter", "solution", "wrong answers", "notebook")
_OF_A_FILE: tuple[Aspect, ...] = ("notebook", "deck", "demo", "page")

_Found: TypeAlias = Mapping[tuple[int | str, Aspect], Finding]
"""The findings of a table, by step or file and by what of it was looked at."""


def describe_course(findings: Sequence[Finding], steps: Sequence[StepRef]) -> Iterator[Block]:
    """What is in no table, such as the minutes, is a number below them.

    Args:
        findings: What was found.
        steps: The steps in their order.
    """
    found: dict[tuple[int | str, Aspect], Finding] = {}
    rest = []
    for finding in findings:
        about = finding.about
        subject = about and (about.step or about.file)
        if about and subject and about.aspect in (*_OF_A_STEP, *_OF_A_FILE):
            found[subject, about.aspect] = finding
        else:
            rest.append(finding)
    if steps:
        yield Paragraph(
            "Where a line says nothing else, the starter is blank, the solution passes its tests, "
            "each known mistake is caught and named, and the notebook runs."
        )
        yield Table(_STEPS, tuple(_step(step, found) for step in steps))
    if files := dict.fromkeys(subject for subject, _ in found if isinstance(subject, str)):
        yield Table(_FILES, tuple(_file(file, found) for file in files))
    hold = f"{sum(finding.ok for finding in rest)} of {count(len(rest), 'other proof')} hold"
    yield Paragraph(f"{hold}: minutes, texts, starter files, and that no file was changed by this.")


def _step(step: StepRef, found: _Found) -> Row:
    of_step = {aspect: found.get((step.number, aspect)) for aspect in _OF_A_STEP}
    good = ("blank", "{} tests", "{} named", "runs")
    cells = tuple(map(_cell, of_step.values(), good))
    # A line for ears and logs holds eighty characters: what is as it should be is said shortly.
    short = ("blank", "{} tests", "{} mistakes", "notebook runs")
    words = [
        _filled(text, finding) if cell.tone == "good" else f"{aspect} {cell.text}"
        for (aspect, finding), text, cell in zip(of_step.items(), short, cells, strict=True)
    ]
    name = step.id.replace("_", " ")  # shorter than its title
    sentence = f"Step {step.number}, {name}: {', '.join(words)}."
    return Row((Cell(str(step.number)), Cell(name), *cells), sentence)


def _file(file: str, found: _Found) -> Row:
    of_file = {aspect: found.get((file, aspect)) for aspect in _OF_A_FILE}
    page = of_file.pop("page")
    runs = _cell(next(filter(None, of_file.values()), None), "runs")
    built = _cell(page, "{} kB") if page else Cell("")
    sentence = f"{file}: {runs.text}{', as HTML ' if page else ''}{built.text}."
    return Row((Cell(file), runs, built), sentence)


def _cell(finding: Finding | None, good: str) -> Cell:
    if finding is None:
        return Cell("missing", "open")
    if not finding.ok:
        return Cell("failed", "bad")
    return Cell(_filled(good, finding), "good") if finding.proven else Cell("not proven", "open")


def _filled(text: str, finding: Finding | None) -> str:
    """The text with the finding's number in it, if it has one."""
    number = None if finding is None else finding.count
    return text.format("" if number is None else number).strip()
