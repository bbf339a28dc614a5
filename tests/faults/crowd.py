"""Eight writers and their followers at work together, while one after the other is killed."""

import random
import tempfile
import time
from contextlib import closing, suppress
from multiprocessing.connection import wait
from pathlib import Path

from tests.faults.clock import WanderingClock
from tests.faults.follower import Following, complaints_of_followers, follow
from tests.faults.ledger import Ledger
from tests.faults.processes import LIMIT, Process
from tests.faults.report import Tried
from tests.faults.stores import Synchronous, open_store
from tests.faults.writer import Writing, write

__all__ = ["Crowd", "crowd_together"]

WRITERS = 8
FOLLOWERS = ("lead-times", "lead-times", "flow", "ages")  # two processes share a name
NAMES = tuple(sorted(set(FOLLOWERS)))
LEAST_KILLS = 4  # also in a short run on a busy machine
BETWEEN_KILLS = 0.5  # seconds, on average


class Crowd:
    """The processes, and what is known of them."""

    def __init__(self, address: str, synchronous: Synchronous, chance: random.Random) -> None:
        self.address, self.synchronous, self.chance = address, synchronous, chance
        self.ledger = Ledger()
        self.kills = 0
        self.wrong: list[str] = []
        self._writers = [self._new_writer(n) for n in range(WRITERS)]
        self._followers = [(name, self._new_follower(name)) for name in FOLLOWERS]

    def _new_writer(self, number: int) -> Process:
        name, seed = f"writer-{number}", self.chance.getrandbits(32)
        task = Writing(self.address, self.synchronous, name, seed, followers=NAMES)
        return Process(write, task)

    def _new_follower(self, name: str) -> Process:
        return Process(follow, Following(self.address, self.synchronous, name))

    def listen(self, seconds: float) -> None:
        """Note what writers say, for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            speaking = wait([writer.wire for writer in self._writers], timeout=left)
            for writer in self._writers:
                if writer.wire in speaking:
                    said = list(writer.hear(1))
                    if not said:
                        raise RuntimeError("a writer failed; what it said is above")
                    self.ledger.note(*said)

    def kill_one(self) -> None:
        """Kill any of them, and put another in its place."""
        self.kills += 1
        place = self.chance.randrange(WRITERS + len(FOLLOWERS) * 3)
        if place < WRITERS:
            writer = self._writers[place]
            self._writers[place] = self._new_writer(WRITERS + self.kills)
            self._kill(writer)
        else:
            place %= len(FOLLOWERS)
            name, follower = self._followers[place]
            self._kill(follower)
            self._followers[place] = (name, self._new_follower(name))

    def _kill(self, process: Process) -> None:
        process.kill()
        for said in process.hear():
            self.ledger.note(said)
        if process.end() in (0, 1):
            self.wrong.append("a process failed or ended before it was killed")

    def stop(self) -> None:
        """Let writers finish what they do, then followers read to the end."""
        for writer in self._writers:
            self._stop(writer)
        with closing(open_store(self.address, WanderingClock(self.chance))) as store:
            last, deadline = store.last_position(), time.monotonic() + LIMIT
            while any(store.checkpoint(name) < last for name in NAMES):
                if time.monotonic() > deadline:
                    self.wrong.append("the followers did not reach the end")
                    break
                time.sleep(0.01)
        for _, follower in self._followers:
            self._stop(follower)

    def _stop(self, process: Process) -> None:
        with suppress(OSError):  # then it has failed, which its exit code says
            process.wire.send("stop")
        for said in process.hear():
            self.ledger.note(said)
        if process.end() != 0:
            self.wrong.append("a process failed")


def crowd_together(seconds: float, seed: int, synchronous: Synchronous) -> Tried:
    """Let the crowd work for so long, and look at what it leaves."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "events.db")
        with closing(open_store(address, WanderingClock(chance))) as store:
            crowd, until = Crowd(address, synchronous, chance), time.monotonic() + seconds
            while time.monotonic() < until or crowd.kills < LEAST_KILLS:
                crowd.listen(chance.uniform(0, 2 * BETWEEN_KILLS))
                crowd.kill_one()
            crowd.stop()
            events = store.last_position()
            wrong = crowd.wrong + crowd.ledger.complaints(store)
            wrong += complaints_of_followers(store, set(NAMES))
    return Tried(
        f"{WRITERS} writers and {len(FOLLOWERS)} followers; one of them killed every now and then",
        f"SQLite {synchronous}",
        f"{seconds:,.0f} seconds, {crowd.kills:,} kills",
        f"{events:,} events in {crowd.ledger.done.total():,} acknowledged commits",
        wrong,
    )
