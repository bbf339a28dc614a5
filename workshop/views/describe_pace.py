"""The plan against the clock."""

from datetime import datetime

from workshop.course.results import PaceBlock, PaceResult

from .document import Block, Cell, Column, Headline, Labelled, NextAction, Row, Table, Tone
from .words import count

__all__ = ["describe_pace"]

_COLUMNS = (
    Column("Plan"),
    Column("Now"),
    Column("Step", numeric=True),
    Column("What", prose=True),
    Column("Minutes", numeric=True),
    Column("State"),
)

_TONES: dict[str, Tone] = {"over": "good", "now": "active", "to come": "open"}


def describe_pace(result: PaceResult) -> tuple[Block, ...]:
    """The whole day, and what to leave out to end it on time."""
    return (
        _headline(result),
        Table(_COLUMNS, tuple(_row(block, result) for block in result.blocks)),
        *(
            Labelled(f"Cut in step {cut.step.number}, saves {cut.saves} minutes", cut.how)
            for cut in result.cuts
        ),
        NextAction(_next(result)),
    )


def _headline(result: PaceResult) -> Headline:
    day = f"{result.route}, {_clock(result.start)} to {_clock(result.end)}"
    if result.late is None:
        return Headline("neutral", f"{day}. It is {_clock(result.now)}.")
    if result.late > 0:
        return Headline("bad", f"{day}. You are {count(result.late, 'minute')} late.")
    ahead = f"{count(-result.late, 'minute')} ahead" if result.late else "on time"
    return Headline("good", f"{day}. You are {ahead}.")


def _row(block: PaceBlock, result: PaceResult) -> Row:
    moved = bool(result.late) and block.state != "over"
    minutes = block.mode if block.mode == "given" else f"{block.minutes}"
    what = f"{block.title} (shown)" if block.mode == "shown" else block.title
    cells = (
        Cell(_clock(block.planned)),
        Cell(_clock(block.expected) if moved else ""),
        Cell("" if block.number is None else f"{block.number}"),
        Cell(what),
        Cell(minutes),
        Cell(block.state, _TONES.get(block.state, "neutral")),
    )
    step = "" if block.number is None else f"step {block.number}, "
    times = (
        f"{_clock(block.planned)}, now {_clock(block.expected)}" if moved else _clock(block.planned)
    )
    takes = "given" if block.mode == "given" else count(block.minutes, "minute")
    return Row(cells, f"{times}: {step}{what}, {takes}, {block.state}.")


def _next(result: PaceResult) -> str:
    if result.late is None:
        return _ask_for_the_place(result)
    if result.late <= 0:
        return "Nothing has to be cut. Give the time to questions."
    if not result.cuts:
        return "Nothing is left to cut. Tell the room now that it ends later."
    left = result.late - result.saved
    if left > 0:
        return f"With all this you still end {count(left, 'minute')} late. Tell the room now."
    return "With this you end on time."


def _ask_for_the_place(result: PaceResult) -> str:
    """The plan knows where the class should be; where it is, somebody has to say."""
    steps = [block for block in result.blocks if block.number and block.state != "over"]
    now = [block for block in result.blocks if block.state == "now"]
    where = f"By the plan it is time for {_name(now[0])}. " if now else ""
    if not steps:
        return where or "By the plan the day is over."
    return (
        f"{where}When a step begins, say which: `workshop pace --at {steps[0].number}` "
        "shows what to cut."
    )


def _name(block: PaceBlock) -> str:
    return f"the {block.title.lower()}" if block.number is None else f"step {block.number}"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M}"
