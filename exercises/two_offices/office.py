"""An office: it moves items on all boards, and so does the other one."""

import random
import threading
import time
from functools import partial
from itertools import count

from exercises.event_sourced import BoardRepository, register_work_item, retry_on_conflict
from exercises.two_offices.boards import BOARDS
from workshop.eventsourcing.postgres import PostgresEventStore

__all__ = ["Office"]

PAUSE = 0.07  # seconds from one change to the next: two offices are quicker than two readers


class Office:
    """Schedules, advances and retires items, one at a time, on any of the boards.

    Args:
        name: What it is called, and what its items are called after.
        store: Where the boards are.

    Attributes:
        saved: How many changes it has saved.
        decided: How often it has decided on one; again, if the other office was quicker.
    """

    def __init__(self, name: str, store: PostgresEventStore) -> None:
        self._name = name
        self._boards = BoardRepository(store)
        self._dice = random.Random(name)
        self._numbers = count(1)
        self.saved = 0
        self.decided = 0

    def work(self, stop: threading.Event) -> None:
        """Change one board after the other, until `stop` is set."""
        due = time.monotonic()
        while not stop.wait(due - time.monotonic()):
            retry_on_conflict(partial(self._change, self._dice.choice(BOARDS)), attempts=100)
            self.saved += 1
            due = max(due + PAUSE, time.monotonic())  # what a restart has cost is not made up for

    def _change(self, board_id: str) -> None:
        """Load, decide, save, as in step 10."""
        self.decided += 1
        board = self._boards.get(board_id)
        present = [each for column in board.columns for each in column.work_item_ids]
        if len(present) < 3 or (len(present) < 12 and self._dice.random() < 0.3):
            item = f"{self._name}-{next(self._numbers)}"
            board.schedule(register_work_item(item, work_item_id=item))
        else:
            item = self._dice.choice(present)
            move = board.retire if item in board.columns[-1].work_item_ids else board.advance
            move(register_work_item(item, work_item_id=item))
        self._boards.save(board)
