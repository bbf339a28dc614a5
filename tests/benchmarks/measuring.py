"""How the benchmarks of the core measure: sides beside each other, in rounds, in turning order."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import TypeAlias, TypeVar

__all__ = [
    "FULL",
    "QUICK",
    "TINY",
    "CannotMeasureError",
    "Effort",
    "Goal",
    "Measurement",
    "Timed",
    "each_in_turn",
    "measure",
    "timed",
    "timed_after",
]

T = TypeVar("T")

Timed: TypeAlias = Callable[[float], float]
"""Runs one side for about so many seconds, and gives its rate per second."""


class CannotMeasureError(Exception):
    """What a benchmark needs is not there; the message says what, and how to get it."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done.

    Attributes:
        rounds: So often each side is measured.
        seconds: About so long each time.
        most: The most events that a store is filled with.
    """

    rounds: int
    seconds: float
    most: int


FULL = Effort(rounds=7, seconds=0.25, most=1_000_000)
QUICK = Effort(rounds=5, seconds=0.04, most=20_000)
TINY = Effort(rounds=1, seconds=0.0, most=2_000)
"""Every side once: it proves that the benchmarks run, and measures nothing."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What the first side should reach, as a ratio to another."""

    against: str
    ratio: float
    at_most: bool = False

    def is_met(self, ratio: float) -> bool:
        return ratio <= self.ratio if self.at_most else ratio >= self.ratio

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.ratio:g}"


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one thing costs, on each side.

    Attributes:
        name: What was done.
        unit: What the values count.
        sides: The values of all rounds by side. The first side is compared with each other one.
        goals: What it should reach.
    """

    name: str
    unit: str
    sides: Mapping[str, Sequence[float]]
    goals: Sequence[Goal] = ()

    @property
    def first(self) -> str:
        return next(iter(self.sides))

    @property
    def others(self) -> list[str]:
        return list(self.sides)[1:]

    def median(self, side: str) -> float:
        return statistics.median(self.sides[side])

    def ratio(self, against: str) -> float:
        """The median of the rounds' ratios: what slows one round down slows both of its sides."""
        pairs = zip(self.sides[self.first], self.sides[against], strict=True)
        return statistics.median(own / other for own, other in pairs)

    def goal(self, against: str) -> Goal | None:
        return next((goal for goal in self.goals if goal.against == against), None)


def measure(
    name: str, unit: str, sides: Mapping[str, Timed], effort: Effort, goals: Sequence[Goal] = ()
) -> Measurement:
    """Run all sides in each round, and if there are several others, each time another one first."""
    values: dict[str, list[float]] = {side: [] for side in sides}
    order = list(sides)
    for side in order:
        sides[side](effort.seconds / 5)  # fills caches
    for _ in range(effort.rounds):
        for side in order:
            gc.collect()  # what one side left behind costs the next one nothing
            values[side].append(sides[side](effort.seconds))
        if len(order) > 2:  # of two, one would follow itself, with its caches warm
            order.append(order.pop(0))
    return Measurement(name, unit, values, goals)


def timed(action: Callable[[], int]) -> Timed:
    """Repeat an action, which tells how many events it handled, until the time is up."""
    return timed_after(lambda: None, lambda _: action())


def timed_after(prepare: Callable[[], T], action: Callable[[T], int]) -> Timed:
    """Repeat an action on what is prepared for it each time, off the clock."""

    def run(seconds: float) -> float:
        done, taken = 0, 0.0
        while True:
            prepared = prepare()
            began = time.perf_counter()
            done += action(prepared)
            taken += time.perf_counter() - began
            if taken >= seconds:
                return done / taken

    return run


def each_in_turn(action: Callable[[T], int], items: Sequence[T]) -> Timed:
    """Repeat an action on the next of these items each time."""
    return timed_after(partial(next, cycle(items)), action)
