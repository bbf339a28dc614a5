# ruff: noqa: PT012  a transaction is a block that raises
"""The server is killed, restarted and cut off; what the store then says is true."""

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from workshop.eventsourcing import ConcurrencyError, StoreError
from workshop.eventsourcing.postgres import PostgresEventStore
from workshop.eventsourcing.testing import PostgresServer, private_postgres_server
from workshop.eventsourcing.testing.store_contract import example_codec
from workshop.eventsourcing.testing.store_contract.examples import entered, numbers

LIMIT = 120  # seconds for what takes a few on a machine with nothing else to do


@pytest.fixture(scope="module")
def mortal() -> Iterator[PostgresServer]:
    """A server that these tests may kill; each of them leaves it running."""
    with private_postgres_server() as server:
        yield server


@pytest.fixture
def schema() -> str:
    return uuid4().hex


@pytest.fixture
def store(mortal: PostgresServer, schema: str) -> Iterator[PostgresEventStore]:
    store = PostgresEventStore(mortal.dsn, example_codec(), schema=schema, patience=LIMIT)
    store.append("gate-1", entered(1), expected_version=0)
    yield store
    store.close()


class Line(ThreadingTCPServer):
    """A line to the server that can be cut after a request has gone out, before its answer.

    Whoever is cut off cannot know whether the request was done.
    """

    def __init__(self, dsn: str) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.parameters = conninfo_to_dict(dsn)
        host, port = self.socket.getsockname()
        self.dsn = make_conninfo(dsn, host=host, port=port)
        self.cut_after: list[bytes] = []
        """Words of the next requests whose answers are lost, the first one first."""
        self.deliver = True
        """Whether such a request still reaches the server."""
        self.gone = False
        """Whether nobody gets a new connection."""
        self.requests: list[bytes] = []
        """What was asked, over all connections."""

    def connect(self) -> socket.socket:
        host, port = str(self.parameters["host"]), self.parameters["port"]
        if sys.platform == "win32" or not host.startswith("/"):
            return socket.create_connection((host, int(str(port))))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{host}/.s.PGSQL.{port}")
        return server


class Connection(BaseRequestHandler):
    """One connection over the line; the server hears of its end, and ends its own side."""

    server: Line

    def handle(self) -> None:
        client = self.request
        if self.server.gone:
            return
        with self.server.connect() as server:
            answering = threading.Thread(target=pass_on, args=[server, client])
            answering.start()
            with suppress(OSError):
                pass_on(client, server, self._is_let_through)
            with suppress(OSError):
                server.shutdown(socket.SHUT_WR)
            answering.join()

    def _is_let_through(self, request: bytes, server: socket.socket) -> bool:
        words = self.server.cut_after
        self.server.requests.append(request)
        if not words or words[0] not in request:
            return True
        del words[0]
        self.request.shutdown(socket.SHUT_RDWR)
        if self.server.deliver:
            server.sendall(request)
        return False


def pass_on(
    source: socket.socket,
    target: socket.socket,
    is_let_through: Callable[[bytes, socket.socket], bool] = lambda _data, _target: True,
) -> None:
    """Passes on what comes, and reads on when the target is gone: the server must not wait."""
    with suppress(OSError):
        while data := source.recv(1 << 16):
            if not is_let_through(data, target):
                return
            with suppress(OSError):
                target.sendall(data)


@pytest.fixture
def line(mortal: PostgresServer) -> Iterator[Line]:
    with Line(mortal.dsn) as line:
        serving = threading.Thread(target=line.serve_forever, args=[0.01])
        serving.start()
        yield line
        line.shutdown()
        serving.join()


@pytest.fixture
def far(line: Line, schema: str) -> Iterator[PostgresEventStore]:
    """A store at the end of the line."""
    with closing(
        PostgresEventStore(line.dsn, example_codec(), schema=schema, patience=LIMIT)
    ) as store:
        yield store


APPEND = b'".append('  # is in the first request; a prepared statement is sent only once
COMMIT, ASK = b"COMMIT", b"pg_xact_status("


@pytest.mark.parametrize("deliver", [True, False], ids=["done", "not done"])
@pytest.mark.parametrize("expected", [0, None])
def test_an_append_whose_answer_is_lost_is_done_once(
    line: Line, far: PostgresEventStore, deliver: bool, expected: int | None
) -> None:
    line.deliver, line.cut_after = deliver, [APPEND]
    assert far.append("gate-1", entered(1, 2), expected_version=expected) == (2, 2)
    assert line.cut_after == []
    assert numbers(far.read_all()) == [1, 2]
    assert far.append("gate-1", entered(3), expected_version=2) == (3, 3)


def test_an_append_whose_answer_is_lost_again_and_again_is_done_once(
    line: Line, far: PostgresEventStore
) -> None:
    line.cut_after = [APPEND, b"BEGIN", b"WHERE id =", COMMIT]
    assert far.append("gate-1", entered(1, 2), expected_version=0) == (2, 2)
    assert line.cut_after == []
    assert numbers(far.read_all()) == [1, 2]


def test_a_conflict_is_told_though_the_answer_was_lost(line: Line, far: PostgresEventStore) -> None:
    far.append("gate-1", entered(1), expected_version=0)
    line.cut_after = [APPEND]
    with pytest.raises(ConcurrencyError, match="at version 1, but version 0"):
        far.append("gate-1", entered(2), expected_version=0)
    assert numbers(far.read_all()) == [1]


def test_the_answer_may_be_lost_of_an_append_that_others_have_built_on(
    line: Line, far: PostgresEventStore, mortal: PostgresServer, schema: str
) -> None:
    with closing(PostgresEventStore(mortal.dsn, example_codec(), schema=schema)) as near:
        with ThreadPoolExecutor(1) as pool:
            with near.transaction():  # keeps the first attempt waiting, and so the second
                near.append("gate-2", entered(0), expected_version=0)
                line.cut_after = [APPEND]
                appending = pool.submit(far.append, "gate-1", entered(1), expected_version=0)
                wait_until(lambda: waiting_for_locks(mortal) == 2)
            assert appending.result(timeout=LIMIT) == (1, 2)
        assert near.append("gate-1", entered(2), expected_version=1) == (2, 3)
        assert numbers(near.read_all()) == [0, 1, 2]


def waiting_for_locks(server: PostgresServer) -> int:
    with psycopg.connect(server.dsn) as shell:
        select = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        [(waiting,)] = shell.execute(select)
        return int(waiting)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("lost", [b"FROM ", b"checkpoints"], ids=["read", "checkpoint"])
def test_a_read_whose_answer_is_lost_is_done_again(
    line: Line, far: PostgresEventStore, lost: bytes
) -> None:
    far.append("gate-1", entered(1), expected_version=0)
    far.save_checkpoint("lead-times", 1)
    line.cut_after = [lost]
    assert numbers(far.read_all()) == [1]
    assert far.last_position() == 1
    assert far.checkpoint("lead-times") == 1
    assert line.cut_after == []


@pytest.mark.parametrize("lost", [APPEND, b"checkpoints", b"SAVEPOINT"])
def test_a_transaction_whose_connection_is_lost_inside_keeps_nothing_and_says_so(
    line: Line, far: PostgresEventStore, lost: bytes
) -> None:
    line.cut_after = [lost]
    with pytest.raises(StoreError, match="broke the connection"), far.transaction():
        with suppress(StoreError):
            far.append("gate-1", entered(1), expected_version=0)
            far.save_checkpoint("lead-times", 1)
            with far.transaction():
                pass
        far.append("gate-1", entered(2), expected_version=1)
    assert line.cut_after == []
    assert numbers(far.read_all()) == []
    assert far.checkpoint("lead-times") == 0


def test_a_commit_whose_answer_is_lost_is_done_once_the_server_says_so(
    line: Line, far: PostgresEventStore
) -> None:
    line.cut_after = [COMMIT]
    with far.transaction():
        far.append("gate-1", entered(1), expected_version=0)
    assert line.cut_after == []
    assert numbers(far.read_all()) == [1]


def test_a_commit_that_never_arrived_is_said_to_have_kept_nothing(
    line: Line, far: PostgresEventStore
) -> None:
    line.deliver, line.cut_after = False, [COMMIT]
    with pytest.raises(StoreError, match="kept nothing of the transaction; do all of it again"):
        keep(far, 1)
    assert numbers(far.read_all()) == []
    keep(far, 2)
    assert numbers(far.read_all()) == [2]


def keep(store: PostgresEventStore, visitor: int) -> None:
    with store.transaction():
        store.append("gate-1", entered(visitor), expected_version=None)


def test_a_commit_whose_answer_is_lost_again_and_again_is_asked_for_again_and_again(
    line: Line, far: PostgresEventStore
) -> None:
    line.cut_after = [COMMIT, ASK, b"SELECT", ASK]
    keep(far, 1)
    assert line.cut_after == []
    assert numbers(far.read_all()) == [1]


@pytest.fixture
def slow_commits(mortal: PostgresServer, schema: str) -> Iterator[psycopg.Connection]:
    """While this connection holds lock 7, a commit with a row for table `slow` does not end."""
    with psycopg.connect(mortal.dsn, autocommit=True) as other:
        other.execute(
            """
            CREATE TABLE slow (name text);
            CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION wait();
            SELECT pg_advisory_lock(7);
            """
        )
        yield other
        other.execute("DROP TABLE slow; DROP FUNCTION wait")


def keep_slowly(store: PostgresEventStore) -> None:
    with store.transaction():
        store.append("gate-1", entered(1), expected_version=0)
        store.connection.execute("INSERT INTO slow VALUES ('gate-1')")


def test_a_commit_that_the_server_is_still_at_is_waited_for(
    line: Line, far: PostgresEventStore, slow_commits: psycopg.Connection
) -> None:
    line.cut_after = [COMMIT]
    with ThreadPoolExecutor(1) as pool:
        keeping = pool.submit(keep_slowly, far)
        wait_until(lambda: sum(ASK in request for request in line.requests) >= 2)
        assert not keeping.done()
        slow_commits.execute("SELECT pg_advisory_unlock(7)")
        keeping.result(timeout=LIMIT)
    assert numbers(far.read_all()) == [1]


def test_a_commit_is_said_to_be_unknown_if_the_server_cannot_be_told_from_one_that_crashed(
    line: Line, far: PostgresEventStore, slow_commits: psycopg.Connection
) -> None:
    line.cut_after = [COMMIT]
    with ThreadPoolExecutor(1) as pool:
        keeping = pool.submit(keep_slowly, far)
        wait_until(lambda: any(ASK in request for request in line.requests))
        slow_commits.execute("SELECT pg_stat_reset_shared('bgwriter')")
        slow_commits.execute("SELECT pg_advisory_unlock(7)")
        with pytest.raises(StoreError, match="unknown, as the server may have crashed"):
            keeping.result(timeout=LIMIT)
    assert numbers(far.read_all()) == [1]


def test_a_commit_that_the_server_is_at_for_too_long_is_said_to_be_unknown(
    line: Line, schema: str, slow_commits: psycopg.Connection
) -> None:
    with closing(
        PostgresEventStore(line.dsn, example_codec(), schema=schema, patience=0.2)
    ) as hasty:
        line.cut_after = [COMMIT]
        with pytest.raises(StoreError, match=r"is unknown, as .* is still at work .*: look for"):
            keep_slowly(hasty)
        slow_commits.execute("SELECT pg_advisory_unlock(7)")
        wait_until(lambda: numbers(hasty.read_all()) == [1])


def test_a_commit_is_said_to_be_unknown_if_the_server_does_not_come_back(
    line: Line, schema: str
) -> None:
    with closing(
        PostgresEventStore(line.dsn, example_codec(), schema=schema, patience=0.2)
    ) as hasty:
        line.cut_after = [COMMIT]
        unknown = pytest.raises(StoreError, match=r"unknown, as .* cannot be reached; start")
        with unknown, hasty.transaction():
            hasty.append("gate-1", entered(1), expected_version=0)
            line.gone = True
        line.gone = False
        wait_until(lambda: numbers(hasty.read_all()) == [1])


@pytest.mark.parametrize(
    ("given_again", "said"),
    [(False, "kept nothing"), (True, "unknown, as the server may have crashed")],
)
def test_a_number_that_a_crashed_server_gives_to_another_does_not_pass_for_ours(
    line: Line, far: PostgresEventStore, mortal: PostgresServer, given_again: bool, said: str
) -> None:
    """Nothing that has this number is on the disk, and so the server does not remember it."""
    line.deliver, line.cut_after = False, [COMMIT]
    numbers_given: list[int] = []

    def commit() -> None:
        with far.transaction():
            numbers_given.append(new_number(far.connection))
            line.gone = True

    with ThreadPoolExecutor(1) as pool:
        committing = pool.submit(commit)
        wait_until(lambda: line.cut_after == [])
        mortal.kill()
        mortal.start()
        with psycopg.connect(mortal.dsn, autocommit=True) as other:
            while given_again and new_number(other) <= numbers_given[0]:
                pass
        line.gone = False
        with pytest.raises(StoreError, match=said):
            committing.result(timeout=LIMIT)


def new_number(connection: psycopg.Connection) -> int:
    """The number of the transaction at hand; outside of any, of one that is committed at once."""
    [(number,)] = connection.execute("SELECT pg_current_xact_id()::text")
    return int(number)


def test_a_connection_that_is_found_dead_at_the_beginning_of_a_transaction_costs_nothing(
    line: Line, far: PostgresEventStore
) -> None:
    line.cut_after = [b"BEGIN"]
    with far.transaction():
        far.append("gate-1", entered(1), expected_version=0)
    assert numbers(far.read_all()) == [1]


def test_a_restarted_server_is_found_again_by_readers_writers_and_who_waits(
    mortal: PostgresServer, store: PostgresEventStore
) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(store.wait, 2, LIMIT)
        mortal.kill()
        mortal.start()
        assert numbers(store.read_all()) == [1]
        mortal.kill()
        mortal.start()
        assert store.append("gate-1", entered(2), expected_version=1) == (2, 2)
        mortal.kill()
        mortal.start()
        with store.transaction():
            store.append("gate-1", entered(3), expected_version=2)
        assert waiting.result(timeout=LIMIT) is True


def test_an_append_waits_for_a_server_that_is_gone_for_a_while(
    mortal: PostgresServer, store: PostgresEventStore
) -> None:
    mortal.kill()
    with ThreadPoolExecutor(1) as pool:
        appending = pool.submit(store.append, "gate-1", entered(2), expected_version=1)
        reading = pool.submit(lambda: numbers(store.read_all()))
        mortal.start()
        assert appending.result(timeout=LIMIT) == (2, 2)
        assert reading.result(timeout=LIMIT) == [1, 2]


def test_a_new_store_waits_for_a_server_that_is_not_there_yet(
    mortal: PostgresServer, schema: str
) -> None:
    mortal.kill()
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(
            PostgresEventStore, mortal.dsn, example_codec(), schema=schema, patience=LIMIT
        )
        mortal.start()
        with closing(opening.result(timeout=LIMIT)) as store:
            assert store.append("gate-1", entered(1), expected_version=0) == (1, 1)


def test_a_server_that_does_not_come_back_is_an_error_that_does_not_claim_to_know(
    line: Line, schema: str, store: PostgresEventStore
) -> None:
    with closing(
        PostgresEventStore(line.dsn, example_codec(), schema=schema, patience=0.2)
    ) as hasty:
        line.cut_after, line.gone = [APPEND], True
        with pytest.raises(StoreError, match="1 events were appended to 'gate-1' is unknown: load"):
            hasty.append("gate-1", entered(2), expected_version=1)
        with pytest.raises(StoreError, match="cannot be reached; start the server"):
            hasty.last_position()
        with pytest.raises(StoreError, match="cannot be reached; start the server"):
            hasty.append("gate-1", entered(3), expected_version=None)
        line.gone = False
        wait_until(lambda: numbers(hasty.read_all()) == [1, 2])


def test_writers_whose_server_is_killed_again_and_again_misreport_nothing(
    mortal: PostgresServer, store: PostgresEventStore
) -> None:
    """What was acknowledged is there, once, at the version that was told; nothing else is."""
    stop = threading.Event()
    acknowledged: list[list[tuple[int, int]]] = [[], []]

    def write(writer: int) -> None:
        for n in range(1, sys.maxsize):
            if stop.is_set():
                return
            told = store.append(f"own-{writer}", entered(n, n), expected_version=2 * (n - 1))
            acknowledged[writer].append(told)

    with ThreadPoolExecutor(2) as pool:
        writing = [pool.submit(write, writer) for writer in range(2)]
        for kill in range(1, 5):
            wait_until(lambda kill=kill: all(len(each) >= 5 * kill for each in acknowledged))  # type: ignore[misc]
            mortal.kill()
            mortal.start()
        stop.set()
        for done in writing:
            done.result(timeout=LIMIT)
    for writer, told in enumerate(acknowledged):
        stored = list(store.read(f"own-{writer}"))
        assert numbers(stored) == [n for n in range(1, len(told) + 1) for _ in "xx"]
        assert [(each.version, each.position) for each in stored[1::2]] == told
    positions = [each.position for each in store.read_all()]
    assert positions == list(range(1, len(positions) + 1))
