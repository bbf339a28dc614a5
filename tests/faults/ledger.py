"""What writers said that they would do, and were told was done; and whether the store agrees."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import NamedTuple

from tests.faults.acts import Act
from tests.faults.stores import Store

__all__ = ["Begun", "Done", "Interrupted", "Ledger"]


class Begun(NamedTuple):
    """A writer says what it is about to do."""

    act: Act


class Done(NamedTuple):
    """A writer says that it was told that the act is done."""

    writer: str
    number: int


class Interrupted(NamedTuple):
    """A store was lost over a commit.

    Attributes:
        who: A writer or a follower.
        said_unknown: Whether the error said that nobody knows what became of the commit; else it
            said that nothing is kept of it.
        is_there: Whether it was there afterwards; a follower does not ask, but reads on from its
            checkpoint.
    """

    who: str
    said_unknown: bool
    is_there: bool | None


class Ledger:
    """What is known about the acts of all writers.

    A writer does one act after the other. So whatever happened to it, its first acts are there,
    whole, and nothing of the others is; and all that it was told is done is among the first.

    Attributes:
        interrupted: How often the store was lost over a commit; by what was said and was so.
        reached: How many acts of each writer the last `complaints` found.
    """

    def __init__(self) -> None:
        self.begun: defaultdict[str, list[Act]] = defaultdict(list)
        self.done: Counter[str] = Counter()
        self.interrupted: Counter[tuple[bool, bool | None]] = Counter()
        self.reached: dict[str, int] = {}

    def note(self, said: Begun | Done | Interrupted) -> None:
        """Keep what a writer said; it may begin an act again that it could not finish."""
        match said:
            case Begun(act=act):
                del self.begun[act.writer][act.number - 1 :]
                self.begun[act.writer].append(act)
            case Done(writer=writer, number=number):
                self.done[writer] = number
            case Interrupted(said_unknown=unknown, is_there=so):
                self.interrupted[unknown, so] += 1

    @property
    def interruptions(self) -> str:
        """Tell how often a commit was interrupted, and what became of it."""
        undone, absent, there = (
            self.interrupted[key] for key in ((False, False), (True, False), (True, True))
        )
        of_followers = self.interrupted[False, None] + self.interrupted[True, None]
        return (
            f"interrupted: {of_followers:,} commits of followers, {undone + absent + there:,} of "
            f"writers; of {absent + there:,} the outcome was unknown, {there:,} were done"
        )

    def complaints(self, store: Store) -> list[str]:
        """Read the whole store, and say in sentences what should not be so."""
        store.settle()
        found, wrong = _read(store)
        if misreported := self.interrupted[False, True]:
            wrong.append(f"{misreported} commits are there, though an error said they are not")
        effects = store.effects()
        for writer, begun in self.begun.items():
            rows, checkpoint = effects.get(writer, []), store.checkpoint(writer)
            numbers = [number for who, number, _ in found if who == writer]
            reached = self.reached[writer] = max([0, checkpoint, *rows, *numbers])
            if reached < self.done[writer]:
                wrong.append(f"{writer}: acts {reached + 1} to {self.done[writer]} were lost")
            there = begun[:reached]
            expected = {
                (writer, act.number, b.stream): b.size for act in there for b in act.batches
            }
            actual = {key: size for key, size in found.items() if key[0] == writer}
            if expected != actual:
                wrong.append(f"{writer}: not whole: {expected.items() ^ actual.items()}")
            if rows != [act.number for act in there if act.has_effect]:
                wrong.append(f"{writer}: its effects are {rows}")
            if checkpoint != max([0, *(act.number for act in there if act.moves)]):
                wrong.append(f"{writer}: its checkpoint is {checkpoint}, it reached {reached}")
        if unknown := {writer for writer, _, _ in found} - self.begun.keys():
            wrong.append(f"nobody began what is there of {unknown}")
        return wrong + store.damage()


def _read(store: Store) -> tuple[Counter[tuple[str, int, str]], list[str]]:
    """Count each act's events in each stream; check how the events are numbered and dated."""
    found: Counter[tuple[str, int, str]] = Counter()
    versions: Counter[str] = Counter()
    wrong, position, moment = [], 0, datetime.min.replace(tzinfo=UTC)
    for each in store.read_all():
        where = f"position {each.position}, {each.stream} version {each.version}"
        versions[each.stream] += 1
        if each.version != versions[each.stream]:
            wrong.append(f"{where}: version {versions[each.stream]} should be here")
        if each.position <= position:
            wrong.append(f"{where}: it comes after position {position}")
        if each.recorded_at < moment:
            wrong.append(f"{where}: recorded at {each.recorded_at}, before {moment}")
        position, moment = each.position, each.recorded_at
        found[each.metadata["writer"], int(each.metadata["number"]), each.stream] += 1
    return found, wrong
