"""Processes follow a store on PostgreSQL; they are killed, they hang, and the server goes away."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.eventsourcing.visits import (
    CODEC,
    GATES,
    TRAP,
    Visits,
    enter,
    expected,
    hanging_at_most,
    wait_until,
)
from workshop.eventsourcing.postgres import PostgresEventStore, SubscriptionGroup
from workshop.eventsourcing.testing import private_postgres_server

ROOT = Path(__file__).parents[2]


class Follower:
    """A process that follows."""

    def __init__(self, kind: str, name: str, dsn: str, schema: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.eventsourcing.visits", kind, name, dsn, schema],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def wait_for(self, word: str) -> None:
        """Wait for a line that begins with the word."""
        assert self.process.stdout is not None
        assert any(line.startswith(word) for line in self.process.stdout)

    def go_on(self) -> None:
        assert self.process.stdin is not None
        print("go on", file=self.process.stdin, flush=True)

    def stop(self) -> str:
        """Have it stop, and give what it said besides."""
        said, _ = self.process.communicate(timeout=120)
        assert self.process.returncode == 0
        return said


@contextmanager
def followers(kind: str, *names: str, dsn: str, schema: str) -> Iterator[list[Follower]]:
    """Processes that follow once they are told to go on."""
    with ExitStack() as stack:
        started = [Follower(kind, name, dsn, schema) for name in names]
        for each in started:
            stack.enter_context(each.process)
            stack.callback(each.process.kill)
        for each in started:
            each.wait_for("ready")
        yield started


@pytest.fixture
def store(read_model: str, schema: str) -> Iterator[PostgresEventStore]:
    store = PostgresEventStore(read_model, CODEC, schema=schema)
    yield store
    store.close()


@pytest.mark.parametrize("kind", ["group", "subscription"])
def test_each_event_has_one_effect_while_three_processes_follow_and_two_threads_write(
    store: PostgresEventStore, visits: Visits, read_model: str, schema: str, kind: str
) -> None:
    with followers(kind, "1", "2", "3", dsn=read_model, schema=schema) as readers:
        writers = [threading.Thread(target=enter, args=[store, *range(5)]) for _ in range(2)]
        for reader in readers:
            reader.go_on()
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        wait_until(lambda: visits.seen() == expected(10))
        assert [reader.stop() for reader in readers] == [""] * 3
    assert visits.total() == 10 * len(GATES)


@pytest.mark.parametrize("kind", ["group", "subscription"])
def test_what_a_killed_process_was_at_work_on_is_done_once_by_another(
    store: PostgresEventStore, visits: Visits, read_model: str, schema: str, kind: str
) -> None:
    enter(store, 1, TRAP, 2)
    with followers(kind, "victim", "other", dsn=read_model, schema=schema) as [victim, other]:
        victim.go_on()
        victim.wait_for("trapped")
        other.go_on()
        victim.process.kill()
        wait_until(lambda: visits.seen() == expected(3))
        enter(store, 3)
        wait_until(lambda: visits.seen() == expected(4))
    assert visits.total() == 4 * len(GATES)


def test_a_process_that_hung_and_comes_back_does_nothing_twice(
    store: PostgresEventStore, visits: Visits, read_model: str, schema: str
) -> None:
    enter(store, 1, TRAP, 2)
    impatient = hanging_at_most("1500ms", read_model)
    with (
        followers("group", "victim", dsn=impatient, schema=schema) as [victim],
        followers("group", "1", "2", dsn=read_model, schema=schema) as others,
    ):
        victim.go_on()
        victim.wait_for("trapped")
        if sys.platform != "win32":
            victim.process.send_signal(signal.SIGSTOP)
        for other in others:
            other.go_on()
        wait_until(lambda: visits.seen() == expected(3))
        if sys.platform != "win32":
            victim.process.send_signal(signal.SIGCONT)
        victim.go_on()
        group = SubscriptionGroup(store, visits)
        wait_until(lambda: {each.owner for each in group.progress()} == {"1", "2", "victim"})
        enter(store, 3)
        wait_until(lambda: visits.seen() == expected(4))
    assert visits.total() == 4 * len(GATES)


def test_members_go_on_when_the_server_comes_back() -> None:
    with private_postgres_server() as server, ExitStack() as stack:
        store = PostgresEventStore(server.dsn, CODEC, patience=60)
        stack.callback(store.close)
        visits = Visits(store)
        visits.make()
        for reader in stack.enter_context(
            followers("group", "1", "2", dsn=server.dsn, schema="events")
        ):
            reader.go_on()
        enter(store, 1)
        wait_until(lambda: visits.total() > 0)
        for visitor in (2, 3):
            server.kill()
            server.start()
            enter(store, visitor)
        wait_until(lambda: visits.seen() == expected(3))
        group = SubscriptionGroup(store, visits)
        wait_until(lambda: {each.owner for each in group.progress()} == {"1", "2"})
        assert visits.total() == 3 * len(GATES)
