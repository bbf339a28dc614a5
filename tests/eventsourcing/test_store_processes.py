"""Several processes use one file; processes are killed while they append."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from workshop.eventsourcing.event import Event
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.testing.store_contract import example_codec
from workshop.eventsourcing.testing.store_contract.examples import Opened, Passed, entered

WRITERS = 4
APPENDS = 40
EVENTS = WRITERS * APPENDS * (2 + 1)
KILLS = 200


def write(path: str, writer: str) -> None:
    """Appends to a stream that all writers share, and to one of its own."""
    with closing(SqliteEventStore(path, example_codec(), busy_timeout=60)) as store:
        for n in range(APPENDS):
            store.append("shared", entered(n, n), expected_version=None)
            store.append(f"own-{writer}", [Opened(place=writer)], expected_version=n)


def follow(path: str, *types: type[Event]) -> None:
    """Reads until every event has come, and prints the positions in the order of reading."""
    positions = [0]
    with closing(SqliteEventStore(path, example_codec(), busy_timeout=60)) as store:
        complete = False
        while not complete:
            complete = store.last_position() == EVENTS  # asked first: then nothing comes after
            positions += [
                each.position for each in store.read_all(after=positions[-1], types=types)
            ]
    print(*positions[1:])


def start(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, __file__, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")


def test_four_processes_append_and_no_follower_misses_or_doubles_an_event(tmp_path: Path) -> None:
    path = os.fspath(tmp_path / "events.db")
    followers = [start("follow", path), start("follow by type", path)]
    writers = [start("write", path, str(n)) for n in range(WRITERS)]
    outputs = [process.communicate(timeout=120)[0] for process in [*writers, *followers]]
    assert [process.returncode for process in [*writers, *followers]] == [0] * len(outputs)

    with closing(SqliteEventStore(path, example_codec())) as store:
        stored = list(store.read_all())
        shared = [each.version for each in store.read("shared")]
    assert shared == list(range(1, WRITERS * APPENDS * 2 + 1))
    assert len(stored) == EVENTS
    positions = [each.position for each in stored]
    for output in outputs[-2:]:
        assert [int(position) for position in output.split()] == positions
    moments = [each.recorded_at for each in stored]
    assert moments == sorted(moments)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")
@pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")
def test_killed_writers_leave_every_acknowledged_event_and_no_partial_batch(
    tmp_path: Path,
) -> None:
    path = tmp_path / "events.db"
    chance = random.Random(1887)
    acknowledged: dict[str, int] = {}
    for kill in range(KILLS):
        for line in kill_a_writer(path, f"{kill}", chance):
            batch, size = line.split()
            acknowledged[batch] = int(size)

    found: Counter[str] = Counter()
    sizes: dict[str, int] = {}
    versions: defaultdict[str, list[int]] = defaultdict(list)
    with closing(SqliteEventStore(path, example_codec())) as store:
        for each in store.read_all():
            assert isinstance(each.event, Passed)
            found[each.metadata["batch"]] += 1
            sizes[each.metadata["batch"]] = each.event.visitor
            versions[each.stream].append(each.version)
        assert store.checkpoint("kills") == store.last_position()
        with store.transaction():
            assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert len(acknowledged) > KILLS
    # More may be there: some writers were killed between the commit and the word of it.
    assert acknowledged.items() <= sizes.items()
    assert found == sizes
    for stream in versions.values():
        assert stream == list(range(1, len(stream) + 1))


def kill_a_writer(path: Path, name: str, chance: random.Random) -> list[str]:
    """Forks a writer, kills it some time after an acknowledgement, and gives what it said."""
    if sys.platform == "win32":  # tells mypy
        raise OSError("Windows has no fork")
    reading, writing = os.pipe()
    seed, patience, delay = chance.random(), chance.randrange(1, 4), chance.uniform(0, 0.004)
    writer = os.fork()
    if writer == 0:
        try:
            append_for_ever(path, name, random.Random(seed), writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = [pipe.readline() for _ in range(patience)]
        time.sleep(delay)  # not to wait for anything, but to hit another moment each time
        os.kill(writer, signal.SIGKILL)
        said += pipe.readlines()
    _, status = os.waitpid(writer, 0)
    assert os.WIFSIGNALED(status), "the writer ended before it was killed"
    return said


def append_for_ever(path: Path, name: str, chance: random.Random, acknowledge: int) -> None:
    """Appends batches, each to two streams and with a checkpoint; an event tells how many."""
    with closing(SqliteEventStore(path, example_codec())) as store:
        for n in range(sys.maxsize):
            one, other = chance.randrange(1, 60), chance.randrange(1, 60)
            metadata = {"batch": f"{name}-{n}"}
            with store.transaction():
                events = [Passed(visitor=one + other)]
                store.append("one", events * one, expected_version=None, metadata=metadata)
                appended = store.append(
                    "other", events * other, expected_version=None, metadata=metadata
                )
                store.save_checkpoint("kills", appended.position)
            os.write(acknowledge, f"{name}-{n} {one + other}\n".encode())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", path, writer]:
            write(path, writer)
        case ["follow", path]:
            follow(path)
        case ["follow by type", path]:
            follow(path, Passed, Opened)
