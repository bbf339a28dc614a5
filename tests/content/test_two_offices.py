"""The processes of notebook 20, on the solved model: what they count is right, and none is left."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from workshop.eventsourcing.testing import PostgresServer, private_postgres_server

ROOT = Path(__file__).parents[2]
LIMIT = 120  # seconds, for what takes a quick machine few

BEGIN = """
import sys
from contextlib import closing
from exercises.two_offices import (
    Film, ItemsInColumns, Processes, group, missed_and_doubled, open_boards, open_store
)

with closing(open_store(sys.argv[1])) as store, Processes(sys.argv[1]) as processes:
    open_boards(store)
    together = ItemsInColumns(store, "nobody")
    together.make_tables()
    film = Film(group(store, "nobody"), processes)
    readers = ["reader-1", "reader-2", "reader-3"]
    for name in readers:
        processes.start("read", name)
    processes.start("write", "north")
    processes.start("write", "south")
    film.roll(until=lambda seen: seen.readers == 3 and seen.lag > 0)
"""

TO_THE_END = """
    processes.kill("reader-2")
    film.roll(until=lambda seen: seen.readers == 2)
    processes.start("read", "reader-2")
    film.roll(until=lambda seen: seen.readers == 3)
    with film.gap("the server restarts"):
        sys.stdin.readline()
    film.roll(until=lambda seen: seen.readers == 3)
    said = [processes.stop(name) for name in ("north", "south")]
    film.roll(until=lambda seen: seen.lag == 0)
    for name in readers:
        processes.stop(name)

    from exercises.event_sourced import Subscription
    alone = ItemsInColumns(store, "alone", name="alone")
    events = Subscription(store, alone).run_once()
    print(missed_and_doubled(store), alone.items() == together.items())
    print(events == len(together.counted()), all("saved" in words for words in said))
    print("<img alt=" in film._repr_html_())
"""

A_MISTAKE = r"""
import sys
from contextlib import closing
from exercises.event_sourced import BoardRepository, create_board, register_work_item
from exercises.two_offices import Film, ItemsInColumns, Processes, group, open_boards, open_store

what, name, mistake = sys.argv[2:]
with closing(open_store(sys.argv[1])) as store, Processes(sys.argv[1]) as processes:
    open_boards(store)
    ItemsInColumns(store, "nobody").make_tables()
    board = create_board("Any", "What is waited for.", board_id="any")
    board.add_column("to do")
    board.schedule(register_work_item("boiler"))
    BoardRepository(store).save(board)
    with open("exercises/event_sourced/codec.py", "a", encoding="utf-8") as codec:
        codec.write(f"\n\ndef mistaken(*_):\n    {mistake}\n\n\nEventCodec.decode = mistaken\n")
    processes.start(what, name)
    try:
        Film(group(store, "nobody"), processes).roll(until=lambda seen: False)
    except RuntimeError as error:
        print(*error._render_traceback_())
"""

AN_ERROR = """
    print("running", flush=True)
    sys.stdin.readline()
    raise KeyError("something in the cell")
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The exercises, solved, with readers that take no more time than they need."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises", ignore=ignored)
    for path in (ROOT / "solutions" / "event_sourced").glob("*.py"):
        shutil.copyfile(path, tmp_path / "exercises" / "event_sourced" / path.name)
    reader = tmp_path / "exercises" / "two_offices" / "reader.py"
    text, found = re.subn(r"EFFECT = [\d.]+", "EFFECT = 0.0", reader.read_text(encoding="utf-8"))
    assert found == 1
    reader.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with private_postgres_server() as server:
        yield server


def constant(file: str, name: str) -> float:
    text = (ROOT / "exercises" / "two_offices" / file).read_text(encoding="utf-8")
    [found] = re.findall(rf"^{name} = ([\d.]+)", text, re.MULTILINE)
    return float(found)


def start(
    code: str, server: PostgresServer, workspace: Path, *more: str
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-u", "-c", code, server.dsn, *more],
        cwd=workspace,
        env={**os.environ, "PYTHONPATH": str(workspace)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def heard(program: "subprocess.Popen[str]", words: str) -> None:
    """Wait until the program has said this, and nothing before."""
    assert program.stdout is not None
    said = program.stdout.readline().strip()
    assert said == words, said + program.communicate(timeout=LIMIT)[0]


def sessions(server: PostgresServer) -> list[str]:
    """Who is connected to the server besides us."""
    with psycopg.connect(server.dsn) as connection:
        rows = connection.execute(
            "SELECT application_name FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return [name for (name,) in rows]


def test_a_reader_that_dies_and_a_server_that_restarts_leave_the_count_right(
    server: PostgresServer, workspace: Path
) -> None:
    with start(BEGIN + TO_THE_END, server, workspace) as program:
        heard(program, "0 s  the server restarts")
        server.kill()
        server.start()
        said, _ = program.communicate("it is back\n", timeout=2 * LIMIT)

    assert said.split("\n") == ["(0, 0) True", "True True", "True", ""]
    assert program.returncode == 0


@pytest.mark.parametrize(
    ("what", "mistake", "words"),
    [
        ("read", 'raise CodecError("board_id is missing")', "board_id is missing"),
        ("read", 'return {}["board_id"]', "KeyError: 'board_id'"),
        ("write", 'raise CodecError("board_id is missing")', "board_id is missing"),
    ],
    ids=["a reader", "a reader, by an error of any kind", "an office"],
)
def test_a_process_that_meets_a_mistake_of_yours_says_so_at_once(
    server: PostgresServer, workspace: Path, what: str, mistake: str, words: str
) -> None:
    with start(A_MISTAKE, server, workspace, what, "north", mistake) as program:
        said, _ = program.communicate(timeout=LIMIT)

    assert said.count("\n") == 1, said
    sentence = said
    assert sentence.startswith("north could not go on. ")
    assert words in sentence
    assert "in exercises/event_sourced/codec.py, line " in sentence
    assert "`workshop check 14`" in sentence


def test_two_readers_cannot_keep_up_with_two_offices_and_three_can() -> None:
    pause, effect = constant("office.py", "PAUSE"), constant("reader.py", "EFFECT")
    changes, effects = 2 / pause, 1 / effect  # a second, at the most

    assert 2 * effects < 0.9 * changes
    assert 3 * effects > 1.3 * changes


@pytest.mark.parametrize("end", ["an error", "a kill"])
def test_no_process_outlives_the_program_that_started_it(
    server: PostgresServer, workspace: Path, end: str
) -> None:
    with start(BEGIN + AN_ERROR, server, workspace) as program:
        heard(program, "running")
        assert sessions(server)
        if end == "a kill":
            program.kill()
        program.communicate("\n", timeout=LIMIT)

    deadline = time.monotonic() + LIMIT
    while (left := sessions(server)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []
