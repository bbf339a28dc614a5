"""A PostgreSQL server that keeps what it acknowledged, and is killed and started again."""

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # publishes no types; ipykernel brings it
import psycopg

from tests.faults.processes import LIMIT
from workshop.eventsourcing.testing.postgres_server import PostgresServer, private_postgres_server

__all__ = ["Server", "durable_server"]

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
"""Settings without which a server may lose what it acknowledged; a test's server lacks some."""

DEATHS = ("all of it", "its first process", "another of its processes", "stopped at once")


class Server:
    """A server of ours, which nobody else uses.

    Attributes:
        deaths: How often it died so far.
        data: The folder of its data.
    """

    def __init__(self, server: PostgresServer) -> None:
        self._server, self.dsn, self.deaths = server, server.dsn, 0
        with closing(psycopg.connect(self.dsn, autocommit=True)) as connection:
            for name in DURABLE:
                connection.execute(f"ALTER SYSTEM SET {name} = 'on'")
            connection.execute("SELECT pg_reload_conf()")
            [(data,)] = connection.execute("SHOW data_directory")
        self.data = Path(data)
        self._pid_file = self.data / "postmaster.pid"

    def die(self, chance: random.Random) -> None:
        """Die in one of four ways, without a warning to anybody, and come back."""
        self.deaths += 1
        death = chance.choice(DEATHS)
        first = psutil.Process(int(self._pid_file.read_text("utf-8").split()[0]))
        others = first.children(recursive=True)
        if death == "another of its processes":  # then the first one starts all others anew
            _kill(*chance.sample(others, 1))
        else:
            if death == "stopped at once" and sys.platform != "win32":
                first.send_signal(signal.SIGQUIT)
            else:
                _kill(first, *(others if death == "all of it" else ()))
            first.wait(LIMIT)
            self._server.start()
        self._wait_for_an_answer()

    def end(self) -> None:
        """Die as a whole, unless it is dead."""
        with suppress(FileNotFoundError, psutil.NoSuchProcess):
            first = psutil.Process(int(self._pid_file.read_text("utf-8").split()[0]))
            processes = [first, *first.children(recursive=True)]
            _kill(*processes)
            psutil.wait_procs(processes, LIMIT)

    def start(self) -> None:
        """Come back, on the same data."""
        self._server.start()
        self._wait_for_an_answer()

    def take(self, path: Path) -> None:
        """Have a file or folder of ours; as root we are not the user that the server runs as."""
        if sys.platform != "win32":
            owner = self.data.stat()
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)

    def _wait_for_an_answer(self) -> None:
        deadline = time.monotonic() + LIMIT
        while True:
            try:
                psycopg.connect(self.dsn).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return


def _kill(*processes: psutil.Process) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


@contextmanager
def durable_server() -> Iterator[Server]:
    """Start a private server that keeps what it acknowledged; nothing of it is left behind."""
    with private_postgres_server() as server:
        yield Server(server)
