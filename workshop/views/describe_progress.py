"""Where the student is, and what the day held."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from workshop.course.results import (
    LogEntry,
    LogResult,
    NextResult,
    StatusResult,
    StepStatus,
)

from .document import (
    Block,
    Caution,
    Cell,
    Column,
    Headline,
    Labelled,
    Listing,
    NextAction,
    Paragraph,
    Row,
    Table,
    Tone,
)
from .words import count, local_time, long_date, with_full_stop

__all__ = ["describe_log", "describe_next", "describe_status"]

_TONES: dict[str, Tone] = {
    "passed": "good",
    "caught up": "neutral",
    "started": "active",
    "not started": "open",
}

_COLUMNS = (
    Column("Step", numeric=True),
    Column("Title", prose=True),
    Column("State"),
    Column("Minutes", numeric=True),
    Column("Failed", numeric=True),
    Column("Hints", numeric=True),
)


def describe_status(result: StatusResult) -> tuple[Block, ...]:
    """One row a step."""
    return (
        _headline(result),
        Table(_COLUMNS, tuple(map(_row, result.steps))),
        *map(Caution, result.warnings),
        NextAction(result.next_action),
    )


def _headline(result: StatusResult) -> Headline:
    states = [step.state for step in result.steps if not step.stretch]
    so_far = f"{states.count('passed')} of {count(len(states), 'step')} passed"
    if caught_up := states.count("caught up"):
        so_far += f", {caught_up} caught up"
    if result.current is None:
        return Headline("good", f"{result.course}: {so_far}, and none is left.")
    return Headline(
        "active", f"{result.course}: {so_far}, and step {result.current.number} is next."
    )


def _row(status: StepStatus) -> Row:
    spent = "" if status.spent_minutes is None else f"{status.spent_minutes:.0f}"
    cells = (
        Cell(str(status.step.number)),
        Cell(f"Extra: {status.step.title}" if status.stretch else status.step.title),
        Cell(status.state, _TONES.get(status.state, "neutral")),
        Cell(f"{spent} of {status.minutes}".lstrip()),
        Cell(str(status.attempts)),
        Cell(str(status.hints)),
    )
    return Row(cells, _sentence(status, spent))


def _sentence(status: StepStatus, spent: str) -> str:
    said = f"Step {status.step.number}, {status.step.title}: {status.state}"
    planned = "min of your own time" if status.stretch else "min planned"
    time = f"{spent} of {status.minutes} min" if spent else f"{status.minutes} {planned}"
    checks = count(status.attempts, "failed check")
    return f"{said}, {time}, {checks}, {count(status.hints, 'hint')}."


def describe_next(result: NextResult) -> tuple[Block, ...]:
    """The step to go on with, or the extra steps to choose from."""
    learns = (Labelled("The idea", with_full_stop(result.learns)),) if result.learns else ()
    choose = result.extras if result.step is None else ()
    extras = tuple(f"{extra.number} {extra.title}" for extra in choose)
    return (
        _where_to(result),
        *learns,
        *((Listing("Extra steps, in any order", extras),) if extras else ()),
        *map(Caution, result.warnings),
        NextAction(result.next_action),
    )


def _where_to(result: NextResult) -> Headline:
    if result.step is None:
        everything = "Every step of the day is done" if result.extras else "Everything is done"
        return Headline("good", f"{everything}. Well done!")
    named = f"step {result.step.number}, {result.step.title}"
    if result.begun:
        text = f"You are at {named}. It has not passed yet, and that is all right."
        return Headline("active", text)
    return Headline("open", f"Next is {named}.")


def describe_log(result: LogResult) -> tuple[Block, ...]:
    """The entries in the machine's own time, day by day, each day with its zone."""
    entries = count(len(result.entries), "entry", "entries")
    until = f" until {long_date(result.as_at)}, {local_time(result.as_at)}" if result.as_at else ""
    days = groupby(result.entries, lambda entry: long_date(entry.recorded_at))
    return (
        Headline("neutral", f"Your log{until} has {entries}."),
        *(block for day, of_day in days for block in _day(day, of_day)),
        *map(Caution, result.warnings),
    )


def _day(day: str, entries: Iterable[LogEntry]) -> Iterator[Block]:
    yield Paragraph(day)
    for entry in entries:
        yield Labelled(local_time(entry.recorded_at), entry.sentence)
