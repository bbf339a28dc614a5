"""The keeper of a private PostgreSQL server: a program, which needs the standard library only.

It is told where the server's programs are, and tells where the server is. Then it reads orders from
its standard input, a line each, and answers each with a line. When the input ends, so does the
server, and its data is gone.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["keep"]

USER = "workshop"

SOCKET = "/.s.PGSQL.5432"
PATIENCE = 60  # seconds for a server to come up
LONGEST_SOCKET = 103  # bytes; the shortest of the limits, that of macOS

SETTINGS = {
    # What these risk is the data after a power cut, and a test has none to lose.
    "fsync": "off",
    "full_page_writes": "off",
    # But `synchronous_commit` stays on: what was committed outlives a server that is killed.
    # Small and quiet: it serves one run of tests.
    "autovacuum": "off",
    "max_connections": "40",
    "shared_buffers": "16MB",
    # What a test compares must not depend on the machine.
    "timezone": "UTC",
    "lc_messages": "C",
}


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

    def create(self) -> str:
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
        self._start()
        return f"host='{place}' port={port} user={USER} dbname=postgres"

    def obey(self, order: str) -> None:
        """Kill the server, or start it again.

        Raises:
            OSError: It cannot be done.
            RuntimeError: The server does not start.
        """
        if order == "kill":
            first, *_ = (self._data / "postmaster.pid").read_text("utf-8").splitlines()
            # Windows has no SIGKILL, and its SIGTERM is as rude.
            os.kill(int(first), getattr(signal, "SIGKILL", signal.SIGTERM))
        else:
            self._start()

    def stop(self) -> None:
        """Stop the server at once, if it runs."""
        with suppress(OSError, RuntimeError):
            self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self._data))

    def _start(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._run("pg_ctl", "start", "-w", "-t", "60", "-D", str(self._data), "-l", "log")
            except RuntimeError:  # after a kill, some process may still use the old memory
                if time.monotonic() > deadline or not (self._data / "postmaster.pid").exists():
                    raise
                time.sleep(0.1)
            else:
                return

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


def keep(installation: Path) -> int:
    """Keep a server until the standard input ends, and obey what is read from it."""
    with tempfile.TemporaryDirectory(
        prefix="workshop-postgres-", dir=_place(), ignore_cleanup_errors=True
    ) as folder:
        server = _Server(installation, Path(folder))
        try:
            print(server.create(), flush=True)  # noqa: T201 - that is how it tells the DSN
            for order in sys.stdin:
                server.obey(order.strip())
                print("done", flush=True)  # noqa: T201
        except (OSError, RuntimeError) as error:
            print(error, file=sys.stderr)  # noqa: T201
            return 1
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(keep(Path(sys.argv[1])))
