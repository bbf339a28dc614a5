"""The course as its author wrote it down: `exercises/course.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from workshop.course.errors import CourseError
from workshop.course.results import StepRef

__all__ = ["Course", "Cut", "HalfDay", "Minutes", "Part", "Route", "Segment", "Step", "Teach"]


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the manifest; a misspelt key is an error, not a silent default."""


class Segment(Strict, frozen=True, kw_only=True):
    """Minutes of a route that belong to no step, such as a break.

    They come right before the step `before`, or at the end of the day.
    """

    title: str
    minutes: int
    before: int | None = None


class Route(Strict, frozen=True, kw_only=True):
    """A way through the day; `total` minutes must be what its parts add up to.

    Lunch, if the house has one, comes before the step `lunch_before`, and is not in the total.
    """

    id: Literal["full", "half"]
    title: str
    total: int
    segments: tuple[Segment, ...]
    lunch_before: int | None = None


class Minutes(Strict, frozen=True, kw_only=True):
    """What a step's minutes are for: slides, its notebook, its exercise, and slides again."""

    talk: int = 0
    read: int = 0
    write: int = 0
    debrief: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.talk + self.read + self.write + self.debrief


class HalfDay(Minutes, frozen=True, kw_only=True):
    """What becomes of a step on the half-day route."""

    mode: Literal["written", "given", "shown", "own time"]


class Cut(Strict, frozen=True, kw_only=True):
    """How to make a step shorter when the day is late, and the minutes that this saves."""

    how: str
    full: int
    half: int = 0

    def minutes_on(self, route: str) -> int:
        """What it saves on the route of this id."""
        return self.half if route == "half" else self.full


class Teach(Strict, frozen=True, kw_only=True):
    """What an instructor wants to know of a step.

    Attributes:
        ask: The question for the room.
        watch_for: The wrong answers, by name, that people give most.
        cut: How to make it shorter.
    """

    ask: str
    watch_for: Annotated[tuple[str, ...], msgspec.Meta(min_length=2, max_length=5)]
    cut: Cut


class Part(Strict, frozen=True, kw_only=True):
    """A part of the day, with the package that students write in it."""

    id: str
    title: str
    package: str


class Step(Strict, frozen=True, kw_only=True):
    """One step; its files are found by its number and id.

    A `stretch` step is for who has time left: no route counts its minutes, and no other step
    builds on it.

    `needs` names modules that are no part of every installation. The project's `extra` brings
    them; for some there is something else `instead`, which an environment variable names.

    `sequel` is another notebook, for who has done the step. It has no exercise, and its number is
    no step's.
    """

    number: int
    id: str
    aliases: tuple[str, ...] = ()
    part: str
    stretch: bool = False
    title: str
    learns: str
    writes: str
    file: str
    full: Minutes
    half: HalfDay
    needs: tuple[str, ...] = ()
    extra: str = ""
    instead: Mapping[str, str] = msgspec.field(default_factory=dict)
    sequel: str = ""
    hints: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    why: str
    teach: Teach | None = None

    @property
    def minutes(self) -> int:
        """What it takes on a full day."""
        return self.full.total

    def minutes_on(self, route: str) -> Minutes:
        """What its minutes are for on the route of this id."""
        return self.half if route == "half" else self.full

    @property
    def slug(self) -> str:
        """What the step's files are called: `01_identity`."""
        return f"{self.number:02}_{self.id}"

    @property
    def test_file(self) -> str:
        """The step's tests, relative to the workspace."""
        return f"exercises/test_{self.slug}.py"

    @property
    def notebook(self) -> str:
        """The step's notebook, relative to the workspace."""
        return f"notebooks/{self.slug}.ipynb"

    @property
    def notebooks(self) -> tuple[str, ...]:
        """The step's notebook, and the sequel if it has one."""
        return tuple(filter(None, (self.notebook, self.sequel)))

    @property
    def seconds(self) -> float:
        """How long its tests may take: a server that it needs has to start first."""
        return 30.0 if self.needs else 10.0

    @property
    def ref(self) -> StepRef:
        """The step as results name it."""
        return StepRef(number=self.number, id=self.id, title=self.title)


class Course(Strict, frozen=True, kw_only=True):
    """All of the course: its routes, parts and steps, in order.

    `closing` is the notebook to read when every step but the stretch ones is done.
    """

    title: str
    closing: str
    routes: tuple[Route, ...]
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]

    @classmethod
    def load(cls, path: Path) -> "Course":
        """Read the manifest.

        Raises:
            CourseError: It is missing, is not TOML, or does not describe a course.
        """
        try:
            course = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), cls)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as e:
            raise CourseError(
                f"The course's manifest {path} cannot be read: {e}. "
                f"Restore it with `git checkout {path.name}` in its folder."
            ) from e
        course._insist_on_order()
        return course

    def _insist_on_order(self) -> None:
        numbers = [step.number for step in self.steps]
        parts = {part.id for part in self.parts}
        names = [name for step in self.steps for name in (step.id, *step.aliases)]
        if not numbers or numbers != sorted(set(numbers)):
            raise CourseError(f"The manifest's step numbers must rise; they are {numbers}.")
        if len(names) != len(set(names)):
            raise CourseError("Two steps of the manifest share an id or an alias.")
        for route in self.routes:
            places = [segment.before for segment in route.segments] + [route.lunch_before]
            if unknown := [place for place in places if place not in {*numbers, None}]:
                raise CourseError(f"{route.title} has something before step {unknown[0]}: no step.")
        for step in self.steps:
            if step.needs and not step.extra:
                raise CourseError(f"Step {step.number} needs {step.needs[0]}, but names no extra.")
            if step.part not in parts:
                raise CourseError(f"Step {step.number} belongs to the unknown part {step.part!r}.")

    @property
    def of_the_day(self) -> tuple[Step, ...]:
        """The steps without the stretch ones."""
        return tuple(step for step in self.steps if not step.stretch)

    def step(self, number: int) -> Step:
        """The step of this number.

        Raises:
            CourseError: There is none; the message lists those that there are.
        """
        for step in self.steps:
            if step.number == number:
                return step
        first, last = self.steps[0].number, self.steps[-1].number
        known = f"only step {first}" if first == last else f"steps {first} to {last}"
        raise CourseError(
            f"There is no step {number}: the course has {known}. `workshop status` lists them."
        )

    def step_with_sequel(self, number: int) -> Step | None:
        """The step whose sequel has this number; `None` if no sequel has."""
        start = f"notebooks/{number:02}_"
        return next((step for step in self.steps if step.sequel.startswith(start)), None)

    def step_by_id(self, id_: str) -> Step | None:
        """The step of this id or alias; `None` for one that the course no longer has."""
        for step in self.steps:
            if id_ in (step.id, *step.aliases):
                return step
        return None

    def part_of(self, step: Step) -> Part:
        """The part that a step belongs to."""
        return next(part for part in self.parts if part.id == step.part)

    def earlier_in_part(self, step: Step) -> tuple[Step, ...]:
        """The steps of the same part that come before, and that it may build on."""
        return tuple(s for s in self.of_the_day if s.part == step.part and s.number < step.number)

    def from_here_in_part(self, step: Step) -> tuple[Step, ...]:
        """The step and, unless it is a stretch one, the later steps of the day in its part."""
        if step.stretch:
            return (step,)
        return tuple(s for s in self.of_the_day if s.part == step.part and s.number >= step.number)
