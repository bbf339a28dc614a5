"""The plan of the day against the clock, as a result."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from workshop.course.step_ref import StepRef

__all__ = ["PaceBlock", "PaceCut", "PaceResult"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PaceBlock:
    """A block of the day, with its times.

    Attributes:
        title: What it is called.
        number: The step's number; `None` for a break and its like.
        mode: What students do with the step on this route: `written`, `given` or `shown`.
        minutes: How long it takes.
        planned: When it begins by the plan.
        expected: When it begins as the class is now.
        state: `over`, `now` or `to come`.
    """

    title: str
    number: int | None
    mode: str
    minutes: int
    planned: datetime
    expected: datetime
    state: Literal["over", "now", "to come"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PaceCut:
    """How to make a step shorter, and the minutes that this saves."""

    step: StepRef
    how: str
    saves: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PaceResult:
    """The plan against the clock.

    Attributes:
        route: The route's title.
        now: The moment that was looked at.
        start: When the day begins.
        end: When it ends by the plan.
        late: Minutes behind the plan, negative if ahead; `None` if nobody said where the class is.
        blocks: The whole day.
        cuts: What to leave out to end on time, in the order of the day.
    """

    route: str
    now: datetime
    start: datetime
    end: datetime
    late: int | None
    blocks: tuple[PaceBlock, ...]
    cuts: tuple[PaceCut, ...]

    @property
    def saved(self) -> int:
        """The minutes that all cuts save together."""
        return sum(cut.saves for cut in self.cuts)
