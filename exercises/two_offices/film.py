"""Watching a group of readers over time."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from exercises.two_offices.failures import EndedError
from exercises.two_offices.processes import Processes
from workshop.eventsourcing.postgres import PartitionProgress, SubscriptionGroup

__all__ = ["Film", "Frame"]

INTERVAL = 0.1  # seconds from one look to the next
LIMIT = 120.0  # seconds to wait for something to happen


class Frame(NamedTuple):
    """What a look at the group has shown.

    Attributes:
        seconds: When, since the film began.
        partitions: How far each is, and who has it.
    """

    seconds: float
    partitions: Sequence[PartitionProgress]

    @property
    def lag(self) -> int:
        """How many events wait, of all partitions."""
        return sum(each.lag for each in self.partitions)

    @property
    def readers(self) -> int:
        """How many readers have a partition; 0 as long as some partition has no reader."""
        owners = {each.owner for each in self.partitions}
        return 0 if None in owners else len(owners)


class Film:
    """Looks at a group ten times a second, and draws what it has seen.

    Args:
        group: What to look at.
        processes: What has to run meanwhile.
    """

    def __init__(self, group: SubscriptionGroup, processes: Processes) -> None:
        self._group, self._processes = group, processes
        self._began = time.monotonic()
        self.frames: list[Frame] = []
        self.marks: list[tuple[float, str]] = []
        self.gaps: list[tuple[float, float]] = []

    def mark(self, words: str) -> None:
        """Say what happens at this moment; the drawing begins with the first such moment."""
        self.marks.append((self._now(), words))
        seconds = self._now() - self.marks[0][0]
        sys.stdout.write(f"{seconds:3.0f} s  {' '.join(words.split())}\n")

    @contextmanager
    def gap(self, words: str) -> Iterator[None]:
        """Mark what happens, and that nothing can be seen as long as it does."""
        self.mark(words)
        begin = self._now()
        yield
        self.gaps.append((begin, self._now()))

    def roll(
        self, seconds: float = 0.0, *, until: Callable[[Frame], bool] = lambda frame: True
    ) -> None:
        """Film until something can be seen, and then for some seconds more.

        Raises:
            EndedError: It cannot be seen after two minutes, or a process has ended by itself.
        """
        late = self._now() + LIMIT
        while not until(frame := self._look()):
            if frame.seconds > late:
                raise EndedError(
                    f"What comes next was not seen for {LIMIT:.0f} seconds: {frame.lag} events "
                    f"wait, and {frame.readers} readers have all partitions between them. End "
                    f"what else keeps this computer busy, and run the cell again."
                )
        end = self._now() + seconds
        while self._now() < end:
            self._look()

    def _look(self) -> Frame:
        self._processes.insist()
        partitions = self._group.progress()
        frame = Frame(self._now(), partitions)
        self.frames.append(frame)
        time.sleep(INTERVAL)
        return frame

    def _now(self) -> float:
        return time.monotonic() - self._began

    def _repr_html_(self) -> str:
        # Imported here, since offices and readers draw nothing, and are to start soon.
        from exercises.two_offices.picture import drawn

        return drawn(
            [frame.seconds for frame in self.frames],
            [frame.lag for frame in self.frames],
            [[each.owner for each in frame.partitions] for frame in self.frames],
            marks=self.marks,
            gaps=self.gaps,
        )
