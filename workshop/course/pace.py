"""The plan against the clock: where the class should be, where it is, and what to leave out."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.results import PaceBlock, PaceCut, PaceResult
from workshop.course.timetable import Block, cuts_for, route_of, timetable

__all__ = ["Day", "pace", "recall", "remember"]


@dataclass(frozen=True, kw_only=True)
class Day:
    """What an instructor says once a day.

    Attributes:
        start: When the opening begins.
        route: The id of the route.
        lunch: Minutes for lunch; 0: without.
    """

    start: datetime
    route: str
    lunch: int


def pace(course: Course, day: Day, now: datetime, at: int | None = None) -> PaceResult:
    """Hold the plan against the clock.

    Args:
        course: The course.
        day: When it starts, and by which route.
        now: The moment to look at.
        at: The number of the step that begins now; `None`: nobody said, so the plan is believed.

    Raises:
        CourseError: There is no such step on the route, or the route is unknown.
    """
    route = route_of(course, day.route)
    blocks = timetable(course, route, day.lunch)
    passed = int((now - day.start).total_seconds() // 60)
    place = _place_of(blocks, at) if at is not None else _planned_place(blocks, passed)
    late = passed - blocks[place].begins if at is not None else 0
    to_come = blocks[place:] if at is not None else ()
    cuts = cuts_for(to_come, route, late) if late > 0 else ()
    return PaceResult(
        route=route.title,
        now=now,
        start=day.start,
        end=day.start + timedelta(minutes=blocks[-1].ends),
        late=None if at is None else late,
        blocks=tuple(
            _shown(block, day, place - number, late, route.id)
            for number, block in enumerate(blocks)
        ),
        cuts=tuple(
            PaceCut(step=block.step.ref, how=cut.how, saves=cut.minutes_on(route.id))
            for block, cut in cuts
            if block.step is not None
        ),
    )


def remember(day: Day, state: Path) -> None:
    """Note the day in the workspace's own folder, so that it is said only once."""
    state.mkdir(parents=True, exist_ok=True)
    said = {"start": day.start.isoformat(), "route": day.route, "lunch": day.lunch}
    _file(state).write_text(json.dumps(said), encoding="utf-8")


def recall(state: Path, now: datetime) -> Day:
    """What was said today.

    Raises:
        CourseError: Nothing was, or it cannot be read.
    """
    try:
        said = json.loads(_file(state).read_text(encoding="utf-8"))
        day = Day(
            start=datetime.fromisoformat(said["start"]), route=said["route"], lunch=said["lunch"]
        )
        is_today = day.start.date() == now.date()
    except (OSError, ValueError, KeyError, TypeError):
        is_today = False
    if not is_today:
        raise CourseError("Say when the day begins: `workshop pace --start 09:30`.")
    return day


def _file(state: Path) -> Path:
    return state / "pace.json"


def _place_of(blocks: tuple[Block, ...], at: int) -> int:
    for place, block in enumerate(blocks):
        if block.step is not None and block.step.number == at:
            return place
    raise CourseError(f"The day has no step {at}: say `--at` with a step of the route.")


def _planned_place(blocks: tuple[Block, ...], passed: int) -> int:
    """The block that the plan has at this minute; -1 before the day, and past the last after it."""
    if passed < 0:
        return -1
    return next((n for n, block in enumerate(blocks) if passed < block.ends), len(blocks))


def _shown(block: Block, day: Day, ahead: int, late: int, route: str) -> PaceBlock:
    """A block as it is shown; `ahead` is how many blocks the class is past it."""
    planned = day.start + timedelta(minutes=block.begins)
    return PaceBlock(
        title=block.title,
        number=block.step.number if block.step else None,
        mode=_mode(block, route),
        minutes=block.minutes,
        planned=planned,
        expected=planned + timedelta(minutes=late),
        state="over" if ahead > 0 else "now" if ahead == 0 else "to come",
    )


def _mode(block: Block, route: str) -> str:
    return block.step.half.mode if block.step and route == "half" else "written"
