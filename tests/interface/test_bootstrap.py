"""The first start, as a student makes it: in a clone, with a Python that has nothing installed."""

import ast
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from workshop.firststart.environment import Environment
from workshop.firststart.lock import only_one

ROOT = Path(__file__).resolve().parents[2]
BASE = getattr(sys, "_base_executable", sys.executable)
STRANGERS = ("PIP_", "UV_", "WORKSHOP_", "PYTHON", "VIRTUAL_ENV", "COV_")
NOWHERE = "http://127.0.0.1:9/simple"  # the port "discard": nothing answers
REFUSED = {
    "PIP_INDEX_URL": NOWHERE,
    "PIP_RETRIES": "0",
    "UV_DEFAULT_INDEX": NOWHERE,
    "UV_HTTP_RETRIES": "0",
    "UV_NO_CACHE": "1",
}

posix_only = pytest.mark.skipif(os.name == "nt", reason="this way of doing it is POSIX's")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone, at a path that trips careless programs."""
    unwanted = (".git", ".venv", ".workshop", "wheelhouse", "__pycache__", ".*_cache")
    target = tmp_path / "Mes études" / "a clone"
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*unwanted))
    return target


def _surroundings(more: Mapping[str, str], *, uv: bool) -> dict[str, str]:
    """This process's environment without what would help or mislead a first start."""
    kept = {name: v for name, v in os.environ.items() if not name.startswith(STRANGERS)}
    folders = kept["PATH"].split(os.pathsep)
    if not uv:
        folders = [folder for folder in folders if shutil.which("uv", path=folder) is None]
    kept["PATH"] = os.pathsep.join(folders)
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1", **more}


def _start(
    clone: Path,
    *arguments: str,
    python: str = BASE,
    uv: bool = False,
    environment: Mapping[str, str] = REFUSED,
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [python, *(arguments or ("-m", "workshop", "--help"))],
        cwd=clone,
        env=_surroundings(environment, uv=uv),
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.network
def test_a_first_start_needs_a_wheelhouse_and_neither_network_nor_uv(
    clone: Path, wheelhouse: Path
) -> None:
    # Without bytecode of a hundred packages that this test does not start.
    where = {**REFUSED, "WORKSHOP_WHEELHOUSE": str(wheelhouse), "PIP_COMPILE": "0"}
    first = _start(clone, environment=where)
    assert first.returncode == 0, first.stderr
    assert "usage: workshop" in first.stdout
    assert "First start" in first.stderr
    assert "Making .venv with pip" in first.stderr

    # Once more: nothing is left to do. The command's own exit code comes through.
    again = _start(clone, "-m", "workshop", "no-such-command")
    assert again.stderr.startswith("usage: workshop")
    assert again.returncode == 2

    # `workshop` of the environment, from another folder: the same clone.
    script = Environment(clone).python.with_name("workshop")
    by_name = _start(clone.parent, "--help", python=str(script))
    assert "usage: workshop" in by_name.stdout

    # New pins: a Python cannot mend what it runs from, so its base is asked to.
    with (clone / "constraints.txt").open("a", encoding="utf-8") as pins:
        pins.write("# newer\n")
    newer = _start(clone.parent, "status", python=str(script))
    assert "Bringing .venv up to date" in newer.stderr
    assert "package index does not answer" in newer.stderr

    # Moved, everything in .venv names a folder that is gone.
    moved = clone.rename(clone.parent / "moved")
    assert not Environment(moved).is_ready(None)
    after = _start(moved)
    assert "Making .venv afresh" in after.stderr
    assert "package index does not answer" in after.stderr


@pytest.mark.network
def test_a_first_start_uses_uv_if_it_is_there(clone: Path) -> None:
    if shutil.which("uv") is None:
        pytest.skip("uv is not on the path")
    done = _start(clone, uv=True, environment={})
    if "does not answer" in done.stderr and not os.environ.get("CI"):
        pytest.skip("no network")
    assert done.returncode == 0, done.stderr
    assert "Making .venv with uv" in done.stderr
    assert "usage: workshop" in done.stdout


@pytest.mark.parametrize("uv", [False, True], ids=["pip", "uv"])
def test_without_network_and_wheelhouse_a_sentence_says_so(clone: Path, uv: bool) -> None:
    if uv and shutil.which("uv") is None:
        pytest.skip("uv is not on the path")
    done = _start(clone, uv=uv)
    assert done.returncode == 1
    assert "package index does not answer" in done.stderr
    assert "wheelhouse/" in done.stderr
    assert not Environment(clone).is_ready(None)


def test_an_empty_wheelhouse_is_told_from_no_network(clone: Path) -> None:
    (clone / "wheelhouse").mkdir()
    done = _start(clone)
    assert done.returncode == 1
    assert f"{clone / 'wheelhouse'} lacks" in done.stderr


@pytest.mark.parametrize("kind", ["a file", "a folder of yours"])
def test_what_is_not_an_environment_is_left_alone(clone: Path, kind: str) -> None:
    thesis = clone / ".venv"
    if kind == "a folder of yours":
        thesis.mkdir()
        thesis = thesis / "thesis.txt"
    thesis.write_text("years of work", encoding="utf-8")
    done = _start(clone)
    assert done.returncode == 1
    assert f"The workshop keeps its packages in {clone / '.venv'}, but that" in done.stderr
    assert thesis.read_text(encoding="utf-8") == "years of work"


def _old_pythons() -> list[str]:
    versions = [f"python3.{minor}" for minor in range(6, 11)]
    found = [shutil.which(name) for name in versions]
    installed = Path.home().glob(".pyenv/versions/3.*/bin/python3")
    return [*filter(None, found), *map(str, installed)]


def test_an_old_python_is_told_in_one_sentence(clone: Path) -> None:
    seen = set()
    for python in _old_pythons():
        version = subprocess.run([python, "-V"], capture_output=True, text=True)
        number = version.stdout.removeprefix("Python ").strip()
        if version.returncode or tuple(map(int, number.split("."))) >= (3, 11):
            continue  # a name with nothing behind it, or new enough
        done = _start(clone, python=python)
        assert done.returncode == 1
        assert done.stderr.startswith(
            f"The workshop needs Python 3.11 or newer; this is {number}. Install"
        )
        assert done.stderr.count("\n") == 1
        seen.add(number)
    if not seen:
        pytest.skip("no Python older than 3.11 on this machine")


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_what_an_old_python_reads_is_written_for_it(name: str) -> None:
    ast.parse((ROOT / "workshop" / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_python_without_ensurepip_is_told_what_to_install(clone: Path) -> None:
    program = (
        "import sys; sys.modules['ensurepip'] = None; sys.path.insert(0, '.'); "
        "sys.argv = ['workshop']; from workshop.__main__ import main; sys.exit(main())"
    )
    done = _start(clone, "-c", program)
    assert done.returncode == 1
    assert "lacks the module ensurepip" in done.stderr
    assert "sudo apt install python3." in done.stderr or "install uv" in done.stderr
    assert not (clone / ".venv").exists()


@pytest.fixture
def read_only(clone: Path) -> Iterator[list[str]]:
    """A prefix that runs a command where the clone cannot be written, even by the superuser."""
    if os.name == "nt":
        pytest.skip("needs POSIX's permissions")
    if os.geteuid() != 0:
        clone.chmod(0o555)
        yield []
        clone.chmod(0o755)
        return
    mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'
    prefix = ["unshare", "--mount", "sh", "-c", mount, str(clone)]
    try:
        subprocess.run([*prefix, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the superuser writes everywhere, and may not mount here")
    yield prefix


def test_a_clone_that_cannot_be_written_is_told(clone: Path, read_only: list[str]) -> None:
    command = [*read_only, BASE, "-m", "workshop"]
    done = _start(clone, *command[1:], python=command[0])
    assert done.returncode == 1
    assert f"The set-up may not write in {clone}" in done.stderr
    assert f'git clone "{clone}"' in done.stderr


@posix_only
def test_control_c_in_the_middle_is_clean_and_the_next_start_begins_anew(clone: Path) -> None:
    slow = {**REFUSED, "PIP_RETRIES": "9"}
    with subprocess.Popen(
        [BASE, "-m", "workshop"],
        cwd=clone,
        env=_surroundings(slow, uv=False),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        said = ""
        while "Installing" not in said:
            more = process.stderr.readline(40)
            assert more, said
            said += more
        time.sleep(1)  # into pip's own work
        os.killpg(process.pid, signal.SIGINT)
        said += process.stderr.read()
        assert process.wait(timeout=120) == 130
    assert "Stopped." in said
    assert "Traceback" not in said
    stamp = Environment(clone).stamp()
    assert stamp is not None
    assert not stamp.complete


def test_two_starts_at_once_take_turns(clone: Path) -> None:
    (clone / ".workshop").mkdir()
    lock = clone / ".workshop" / "setup.lock"
    (clone / ".venv").write_text("in the way: a quick end", encoding="utf-8")
    with only_one(lock, lambda: pytest.fail("the lock is taken")):
        other = subprocess.Popen(
            [BASE, "-m", "workshop"],
            cwd=clone,
            env=_surroundings(REFUSED, uv=False),
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert other.stderr is not None
        said = other.stderr.read(len("Another start is setting up .venv"))
        assert said == "Another start is setting up .venv"
        assert other.poll() is None
    rest = other.communicate(timeout=60)[1]
    assert "is not a folder" in rest


def test_a_start_inside_the_environment_loads_nothing_of_the_set_up() -> None:
    question = "import sys, workshop.bootstrap; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "workshop.firststart.environment" in loaded
    heavy = {"workshop.firststart.setup", "tomllib", "rich", "msgspec", "urllib.request"}
    assert heavy.isdisjoint(loaded)
