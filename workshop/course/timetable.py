"""The day as its routes plan it: what begins when, and what to leave out when it is late."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from workshop.course.errors import CourseError
from workshop.course.manifest import Course, Cut, Route, Step

__all__ = ["Block", "cuts_for", "route_of", "timetable"]

LUNCH = "Lunch"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block of the day: a step, or a segment such as a break.

    Attributes:
        title: What it is called.
        begins: Minutes after the start of the day.
        minutes: How long it takes; 0 for a step that is given.
        step: The step; `None` for a segment.
    """

    title: str
    begins: int
    minutes: int
    step: Step | None = None

    @property
    def ends(self) -> int:
        """Minutes after the start of the day."""
        return self.begins + self.minutes


def route_of(course: Course, route_id: str) -> Route:
    """The route of this id.

    Raises:
        CourseError: There is none.
    """
    for route in course.routes:
        if route.id == route_id:
            return route
    known = ", ".join(route.id for route in course.routes)
    raise CourseError(f"There is no route {route_id!r}. The routes are: {known}.")


def timetable(course: Course, route: Route, lunch: int = 0) -> tuple[Block, ...]:
    """Lay a route's blocks end to end.

    Args:
        course: The course.
        route: One of its routes.
        lunch: Minutes for lunch, which the route's total does not count; 0: without.
    """
    planned = list(_blocks(course, route, lunch))
    begins = accumulate((minutes for _, minutes, _ in planned), initial=0)
    return tuple(
        Block(title=title, begins=begin, minutes=minutes, step=step)
        for (title, minutes, step), begin in zip(planned, begins, strict=False)
    )


def cuts_for(blocks: Iterable[Block], route: Route, late: int) -> tuple[tuple[Block, Cut], ...]:
    """Choose what to shorten in the blocks that are still to come, to win back `late` minutes.

    As few steps as possible, and first those that the half day does without. If all of them
    together do not save enough, all are returned.
    """
    found = [
        (block, block.step.teach.cut)
        for block in blocks
        if block.step is not None
        and block.step.teach is not None
        and block.step.teach.cut.minutes_on(route.id) > 0
    ]
    found.sort(key=lambda each: (_is_needed(each[0].step), -each[1].minutes_on(route.id)))
    chosen: list[tuple[Block, Cut]] = []
    saved = 0
    for block, cut in found:
        if saved >= late:
            break
        chosen.append((block, cut))
        saved += cut.minutes_on(route.id)
    # A large one that came last may have made a smaller one needless.
    for each in sorted(chosen, key=lambda each: each[1].minutes_on(route.id)):
        if saved - each[1].minutes_on(route.id) >= late:
            chosen.remove(each)
            saved -= each[1].minutes_on(route.id)
    return tuple(sorted(chosen, key=lambda each: each[0].begins))


def _is_needed(step: Step | None) -> bool:
    return step is not None and step.half.mode == "written"


def _blocks(course: Course, route: Route, lunch: int) -> Iterator[tuple[str, int, Step | None]]:
    for step in course.of_the_day:
        for segment in route.segments:
            if segment.before == step.number:
                yield segment.title, segment.minutes, None
        if lunch and step.number == route.lunch_before:
            yield LUNCH, lunch, None
        yield step.title, step.minutes_on(route.id).total, step
    for segment in route.segments:
        if segment.before is None:
            yield segment.title, segment.minutes, None
