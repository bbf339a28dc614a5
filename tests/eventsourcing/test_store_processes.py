"""Several processes use one file. What happens when they are killed, `tests/faults` tries."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from workshop.eventsourcing.event import Event
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.testing.store_contract import example_codec
from workshop.eventsourcing.testing.store_contract.examples import Opened, Passed, entered

WRITERS = 4
APPENDS = 40
EVENTS = WRITERS * APPENDS * (2 + 1)


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


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", path, writer]:
            write(path, writer)
        case ["follow", path]:
            follow(path)
        case ["follow by type", path]:
            follow(path, Passed, Opened)
