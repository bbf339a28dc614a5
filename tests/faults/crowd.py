"""Eight writers and their followers at work together, while one after the other is killed."""

import random
import time
from contextlib import closing, suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from tests.faults.clock import WanderingClock
from tests.faults.follower import Following, complaints_of_followers, follow
from tests.faults.ledger import Ledger
from tests.faults.processes import LIMIT, Process
from tests.faults.report import Tried
from tests.faults.stores import Kind, Place, Store
from tests.faults.writer import Writing, write

if TYPE_CHECKING:  # with it comes a driver that only PostgreSQL needs
    from tests.faults.server import Server

__all__ = ["crowd_together"]

WRITERS = 8
FOLLOWERS = ("lead-times", "lead-times", "flow", "ages")  # two processes share a name
NAMES = tuple(sorted(set(FOLLOWERS)))
LEAST_KILLS = 4  # also in a short run on a busy machine
BETWEEN_KILLS = 0.5  # seconds, on average


class Crowd:
    """The processes, and what is known of them."""

    def __init__(self, place: Place, chance: random.Random) -> None:
        self.place, self.chance = place, chance
        self.ledger = Ledger()
        self.kills = 0
        self.wrong: list[str] = []
        self._writers = [self._new_writer(n) for n in range(WRITERS)]
        self._followers = [(name, self._new_follower(name)) for name in FOLLOWERS]

    def _new_writer(self, number: int) -> Process:
        task = Writing(self.place, f"writer-{number}", self.chance.getrandbits(32))
        return Process(write, task._replace(followers=NAMES))

    def _new_follower(self, name: str) -> Process:
        return Process(follow, Following(self.place, name))

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
        """Kill any of them, a follower rather than a writer, and put another in its place."""
        self.kills += 1
        place = self.chance.randrange(len(FOLLOWERS) * 3)
        if place < WRITERS // 2:
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

    def stop(self, store: Store) -> None:
        """Let writers finish what they do, then followers read to the end."""
        for writer in self._writers:
            self._stop(writer)
        store.settle()
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


def crowd_together(kind: Kind, seconds: float, seed: int, server: "Server | None" = None) -> Tried:
    """Let the crowd work for so long, and look at what it leaves.

    Args:
        kind: On which kind of store.
        seconds: How long, at least.
        seed: Tells what is done, and who is killed.
        server: Killed now and then, too, and started again.
    """
    chance = random.Random(seed)
    with kind.new() as place, closing(place.open(WanderingClock(chance))) as store:
        crowd, until = Crowd(place, chance), time.monotonic() + seconds
        while time.monotonic() < until or crowd.kills < LEAST_KILLS:
            crowd.listen(chance.uniform(0, 2 * BETWEEN_KILLS))
            crowd.kill_one()
            if server and crowd.kills % 4 == 0:
                server.die(chance)
        crowd.stop(store)
        events, ledger = store.last_position(), crowd.ledger
        of_followers = complaints_of_followers(store, set(NAMES))
        wrong = crowd.wrong + ledger.complaints(store) + of_followers
    return Tried(
        f"{WRITERS} writers and {len(FOLLOWERS)} followers; one of them killed every now and then"
        + (", and the server" if server else ""),
        kind.name,
        f"{seconds:,.0f} seconds, {crowd.kills:,} kills"
        + (f", {server.deaths} of the server" if server else ""),
        f"{events:,} events in {ledger.done.total():,} acknowledged commits"
        + ("" if of_followers else "; followers missed 0, doubled 0")
        + (f"; {ledger.interruptions}" if server else ""),
        wrong,
    )
