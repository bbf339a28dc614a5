"""Which slides a route shows when: they take the minutes that the manifest gives them."""

from dataclasses import dataclass
from pathlib import Path

from workshop.course.decks import decks_of, slides_of, with_included
from workshop.course.manifest import Course, Route
from workshop.course.results import Finding

__all__ = ["ShownSlide", "prove_slide_times", "slides_on", "solution_beside", "talk_and_debrief"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownSlide:
    """A slide as a route shows it.

    Attributes:
        deck: The deck's name.
        number: Its place in the deck on this route, from 1.
        minutes: What it takes there.
        slot: What they are taken from: a step's number, or the title of a segment.
        exercise: Whether the students work while it is shown.
    """

    deck: str
    number: int
    minutes: float
    slot: int | str
    exercise: bool


def slides_on(root: Path, route_id: str) -> tuple[ShownSlide, ...]:
    """Every slide that the route of this id shows, in the order of the day.

    Raises:
        NotebookError: A deck cannot be read.
    """
    shown = []
    for path in decks_of(root):
        slides = slides_of(with_included(path, root))
        on_route = [slide for slide in slides if slide.minutes[route_id] > 0]
        shown += [
            ShownSlide(
                deck=path.stem,
                number=number,
                minutes=slide.minutes[route_id],
                slot=slide.slots[route_id],
                exercise=slide.exercise,
            )
            for number, slide in enumerate(on_route, start=1)
        ]
    return tuple(shown)


def talk_and_debrief(
    slides: tuple[ShownSlide, ...], slot: int | str
) -> tuple[tuple[ShownSlide, ...], tuple[ShownSlide, ...]]:
    """Divide a slot's slides: up to the one with the exercise, and after it."""
    of_slot = tuple(slide for slide in slides if slide.slot == slot)
    ends = next((n for n, slide in enumerate(of_slot, start=1) if slide.exercise), len(of_slot))
    return of_slot[:ends], of_slot[ends:]


def solution_beside(demo: Path, root: Path, course: Course) -> str:
    """The solved file to have open beside a demonstration: that of the first step in its deck.

    Args:
        demo: The demonstration; its name begins with the number of the deck that it belongs to.
        root: The workspace.
        course: The course.
    """
    of_deck = (slide for slide in slides_on(root, "full") if slide.deck[:2] == demo.name[:2])
    number = next((slide.slot for slide in of_deck if isinstance(slide.slot, int)), None)
    step = course.of_the_day[-1] if number is None else course.step(number)
    return f"solutions/{course.part_of(step).package}/{step.file}"


def prove_slide_times(course: Course, root: Path) -> Finding:
    """The slides of every route take the minutes that it has for them."""
    shown = [(route, slides_on(root, route.id)) for route in course.routes]
    wrong = [
        f"{route.title}: {what}"
        for route, slides in shown
        for what in _wrong_on(course, route, slides)
    ]
    totals = ", ".join(f"{route.title} {_minutes(slides):g} minutes" for route, slides in shown)
    return Finding(
        name="minutes of the slides",
        ok=not wrong,
        detail="; ".join(wrong) or totals,
        remedy="Mend the slides' metadata, or the steps' minutes." if wrong else "",
    )


def _wrong_on(course: Course, route: Route, slides: tuple[ShownSlide, ...]) -> list[str]:
    expected: dict[int | str, tuple[float, float]] = {}
    for step in course.of_the_day:
        planned = step.minutes_on(route.id)
        expected[step.number] = (planned.talk, planned.debrief)
    with_slides = {slide.slot for slide in slides}
    for segment in route.segments:
        if segment.title in with_slides:
            expected[segment.title] = (segment.minutes, 0)
    wrong = []
    for slot in sorted(with_slides | expected.keys(), key=str):
        name = f"step {slot}" if isinstance(slot, int) else str(slot)
        talk, debrief = map(_minutes, talk_and_debrief(slides, slot))
        if slot not in expected:
            wrong.append(f"{name} is no part of it, but has slides")
        elif (talk, debrief) != expected[slot]:
            planned_talk, planned_debrief = expected[slot]
            wrong.append(
                f"{name} has slides for {talk:g} + {debrief:g} minutes, "
                f"and {planned_talk:g} + {planned_debrief:g} in the manifest"
            )
    return wrong


def _minutes(slides: tuple[ShownSlide, ...]) -> float:
    return sum(slide.minutes for slide in slides)
