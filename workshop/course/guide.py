"""What `slides/INSTRUCTOR.md` takes from the manifest: the routes by the minute, and the steps.

The guide is written by hand, with blocks between `<!-- begin: NAME -->` and `<!-- end -->` that
are made from the manifest, the decks and the wrong answers.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.course.manifest import Course, Route, Step
from workshop.course.results import Finding
from workshop.course.slide_times import ShownSlide, slides_on, talk_and_debrief
from workshop.course.timetable import Block, timetable
from workshop.course.wrong_answers import of_step

__all__ = ["GUIDE", "guide_as_it_should_be", "prove_guide"]

GUIDE = "slides/INSTRUCTOR.md"

_BLOCK = re.compile(r"(<!-- begin: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def guide_as_it_should_be(course: Course, root: Path) -> str:
    """The guide's text, with every block made anew.

    Raises:
        CourseError: The guide cannot be read, or a block has an unknown name or is missing.
    """
    try:
        text = (root / GUIDE).read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(f"{GUIDE} cannot be read: {error.strerror}.") from error
    blocks = _blocks(course, root)
    named = [match[2] for match in _BLOCK.finditer(text)]
    if sorted(named) != sorted(blocks):
        raise CourseError(f"{GUIDE} needs the blocks {sorted(blocks)}, and has {sorted(named)}.")
    return _BLOCK.sub(lambda match: f"{match[1]}\n{blocks[match[2]]}\n{match[3]}", text)


def prove_guide(course: Course, root: Path) -> Finding:
    """The guide's blocks are what manifest, decks and wrong answers say."""
    ok = guide_as_it_should_be(course, root) == (root / GUIDE).read_text(encoding="utf-8")
    detail = "its routes and steps are those of the manifest"
    return Finding(
        name=GUIDE,
        ok=ok,
        detail=detail if ok else "its routes or steps are not those of the manifest",
        remedy="" if ok else "Run `workshop rehearse --record`.",
    )


def _blocks(course: Course, root: Path) -> Mapping[str, str]:
    routes = {
        f"route {route.id}": "\n".join(_table(course, route, slides_on(root, route.id))) + "\n"
        for route in course.routes
    }
    steps = "\n".join(line for step in course.of_the_day for line in _about(step, root))
    return {**routes, "steps": steps}


def _table(course: Course, route: Route, slides: tuple[ShownSlide, ...]) -> Iterator[str]:
    yield "| at | minutes | what | with |"
    yield "|---|---:|---|---|"
    for block in timetable(course, route):
        if block.step is not None and block.step.number == route.lunch_before:
            yield "| | | *Lunch, as long as the house gives it* | |"
        if block.step is None:
            talk, _ = talk_and_debrief(slides, block.title)
            yield _line(block.begins, block.minutes, f"**{block.title}**", _slides(talk))
        else:
            yield from _step_lines(course, route, block, block.step, slides)


def _step_lines(
    course: Course, route: Route, block: Block, step: Step, slides: tuple[ShownSlide, ...]
) -> Iterator[str]:
    title = f"**{step.number} · {step.title}**"
    planned = step.minutes_on(route.id)
    talk, debrief = talk_and_debrief(slides, step.number)
    if not planned.total:
        yield _line(block.begins, 0, title, "given: nobody writes it")
        return
    yield _line(block.begins, planned.total, title, _first(course, route, step))
    if not planned.write:
        yield _line(block.begins, planned.talk, "· shown", _slides(talk))
        return
    at = block.begins
    yield _line(at, planned.talk, "· talk", _slides(talk))
    at += planned.talk
    exercise = f"`{step.notebook}`, `workshop check {step.number}`"
    yield _line(at, planned.read + planned.write, "· notebook, exercise", exercise)
    at += planned.read + planned.write
    yield _line(at, planned.debrief, "· debrief", _slides(debrief))


def _first(course: Course, route: Route, step: Step) -> str:
    """What students have to do before a step whose predecessor was given."""
    earlier = course.earlier_in_part(step)
    if not earlier or earlier[-1].minutes_on(route.id).total:
        return ""
    return f"first, everybody: `workshop catch-up {step.number}`"


def _line(at: float, minutes: float, what: str, how: str) -> str:
    return f"| {int(at) // 60}:{int(at) % 60:02} | {minutes:g} | {what} | {how} |"


def _slides(slides: tuple[ShownSlide, ...]) -> str:
    """`01_rich_domain_model` 2-5: which slides of which decks."""
    decks: dict[str, list[int]] = {}
    for slide in slides:
        decks.setdefault(slide.deck, []).append(slide.number)
    return ", ".join(f"`{deck}` {_ranges(numbers)}" for deck, numbers in decks.items())


def _ranges(numbers: list[int]) -> str:
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in ranges)


def _about(step: Step, root: Path) -> Iterator[str]:
    yield f"### {step.number} · {step.title}"
    yield ""
    yield f"The lesson: {step.learns}."
    yield ""
    if step.teach is None:
        raise CourseError(f"Step {step.number} has no `teach` in the manifest.")
    mistakes = {wrong.mistake.name: wrong.mistake.sentence for wrong in of_step(root, step)}
    yield f"- **Ask:** {step.teach.ask.strip()}"
    yield "- **What people get wrong:**"
    for name in step.teach.watch_for:
        if name not in mistakes:
            raise CourseError(f"Step {step.number} has no wrong answer {name!r} to watch for.")
        yield f"  - {mistakes[name]}"
    cut = step.teach.cut
    saves = f"saves {cut.full} minutes" + (f", {cut.half} on the half day" if cut.half else "")
    yield f"- **When late:** {cut.how.strip()} ({saves})"
    yield ""
