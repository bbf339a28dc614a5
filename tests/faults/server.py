"""A PostgreSQL server that keeps what it acknowledged, and is killed and started again."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # publishes no types; ipykernel brings it
import psycopg

from tests.faults.processes import LIMIT
from workshop.eventsourcing.testing import postgres_server

__all__ = ["Server", "durable_server"]

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
"""What a private server for tests has switched off, though it keeps what was acknowledged."""

DEATHS = ("killed", "stopped at once", "one of its processes killed")


class Server:
    """A server of ours, which nobody else uses."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        with closing(psycopg.connect(dsn, autocommit=True)) as connection:
            for name in DURABLE:
                connection.execute(f"ALTER SYSTEM SET {name} = 'on'")
            connection.execute("SELECT pg_reload_conf()")
            [(data,)] = connection.execute("SHOW data_directory")
            [(programs,)] = connection.execute(
                "SELECT setting FROM pg_config WHERE name = 'BINDIR'"
            )
        self._data, self._pg_ctl = Path(data), Path(programs) / "pg_ctl"
        self.deaths = 0

    def die(self, chance: random.Random) -> None:
        """Die in one of three ways, and come back; clients are not warned."""
        self.deaths += 1
        death = chance.choice(DEATHS)
        if death == "stopped at once":
            self._run_pg_ctl("stop", "-m", "immediate", "-w")
        else:
            main = psutil.Process(int((self._data / "postmaster.pid").read_text().split()[0]))
            others = main.children(recursive=True)
            doomed = [main, *others] if death == "killed" else chance.sample(others, 1)
            for process in doomed:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        self._come_back()

    def _come_back(self) -> None:
        deadline = time.monotonic() + LIMIT
        while True:
            # It does nothing if a server is there, or one that has lost a process and recovers.
            self._run_pg_ctl("start", "-w", "-t", str(LIMIT), "-l", str(self._data.parent / "log"))
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.dsn).close()
                return
            if time.monotonic() > deadline:
                raise TimeoutError("the server does not come back")
            time.sleep(0.05)

    def _run_pg_ctl(self, *arguments: str) -> None:
        identity: dict[str, Any] = {}
        if sys.platform != "win32" and os.geteuid() == 0:  # root may not run the server
            owner = self._data.stat()
            identity = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        command = [str(self._pg_ctl), "-D", str(self._data), *arguments]
        subprocess.run(
            command,
            cwd=self._data.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            **identity,
        )


@contextmanager
def durable_server() -> Iterator[Server]:
    """Start a private server that keeps what it acknowledged; nothing of it is left behind."""
    yours = os.environ.pop("WORKSHOP_POSTGRES_DSN", None)  # a server of yours is not ours to kill
    try:
        with postgres_server() as dsn:
            yield Server(dsn)
    finally:
        if yours is not None:
            os.environ["WORKSHOP_POSTGRES_DSN"] = yours
