"""What SQLite's tests do in brief, on a PostgreSQL server that is killed, too."""

from collections.abc import Iterator

import pytest

from tests.faults.clocks import confuse_clocks
from tests.faults.crowd import crowd_together
from tests.faults.kills import kill_writers
from tests.faults.on_postgres import Postgres
from tests.faults.server import Server, durable_server

SEED = 1887


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with durable_server() as server:
        yield server


def test_writers_that_are_killed_lose_nothing_and_leave_nothing_half(server: Server) -> None:
    assert kill_writers(Postgres(server.dsn), 6, SEED).wrong == []


def test_clocks_that_differ_and_jump_leave_a_past_that_stays_the_past(server: Server) -> None:
    assert confuse_clocks(Postgres(server.dsn), 100, SEED).wrong == []


def test_a_crowd_whose_server_is_killed_now_and_then_misses_nothing_and_doubles_nothing(
    server: Server,
) -> None:
    assert crowd_together(Postgres(server.dsn), 1, SEED, server).wrong == []
    assert server.deaths > 0
