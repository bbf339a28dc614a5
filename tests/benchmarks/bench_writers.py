"""What the lock that makes the order costs, when several writers want it at the same time.

Each is a process, and appends one event a commit to a stream of its own. Beside our store, whose
lock is held within one statement, rows are inserted in no order at all. Beside the store of step
19, which holds its lock over several statements, the same store whose writers wait for nobody.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from measuring import Effort, Measurement, Timed, measure
from on_server import server_without
from psycopg.conninfo import make_conninfo
from writer_process import RAW, SCHEMAS, STEP_19

__all__ = ["measurements"]

MOST = 8  # writers
CASES: Mapping[str, Mapping[str, str]] = {
    "our store": {"ours": "ours", "raw, no order": "raw"},
    "step 19": {"ours": "students", "raw, no order": "students, alone"},
}
TABLES = f"""
    CREATE SCHEMA {STEP_19};
    CREATE SCHEMA {RAW};
    CREATE TABLE {RAW}.events (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream text NOT NULL,
        version bigint NOT NULL, recorded_at bigint NOT NULL, name text NOT NULL,
        schema integer NOT NULL, data json NOT NULL, metadata json NOT NULL,
        id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(), UNIQUE (stream, version)
    );
"""


def measurements(effort: Effort, folder: Path) -> Iterator[Measurement]:
    writers = min(MOST, effort.most // 1000)
    with server_without(*SCHEMAS) as (dsn, connection):
        connection.execute(TABLES)
        for name, kinds in CASES.items():
            with ExitStack() as processes:
                sides = {
                    side: processes.enter_context(_writing(kind, dsn, writers))
                    for side, kind in kinds.items()
                }
                yield measure(f"{writers} writers, {name}", "events/s", sides, effort)


@contextmanager
def _writing(kind: str, dsn: str, writers: int) -> Iterator[Timed]:
    """Processes that wait, and all write whenever they are told to."""
    # The tables of step 19 are in whichever schema comes first.
    there = make_conninfo(dsn, options=f"-c search_path={STEP_19}")
    command = [sys.executable, str(Path(__file__).with_name("writer_process.py")), kind, there]
    with ExitStack() as ends:
        processes = [
            ends.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
                )
            )
            for _ in range(writers)
        ]

        def said() -> list[list[str]]:
            return [next(iter(each.stdout or ())).split() for each in processes]

        def run(seconds: float) -> float:
            for each in processes:
                print(seconds, file=each.stdin, flush=True)
            return sum(int(commits) / float(taken) for commits, taken in said())

        said()  # that they are ready
        yield run
