"""`workshop wheelhouse DIR`: what it fetches, into which folder, and that a start was tried."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workshop.course.errors import CourseError
from workshop.firststart.errors import NetworkError
from workshop.trial import FirstStartError
from workshop.wheelhouse import WheelhouseResult, make_wheelhouse, try_wheelhouse
from workshop.wheelhouse_folder import folder_problem, usable_folder

ROOT = Path(__file__).resolve().parents[2]

# Runs the command where there is no network but this machine's own, if the system can do that.
NO_NETWORK = ["unshare", "--map-root-user", "--net"]
LOCAL = """
import fcntl, socket, struct, sys, os
up = struct.pack("16sh14x", b"lo", 0x1)  # SIOCSIFFLAGS with IFF_UP
fcntl.ioctl(socket.socket(), 0x8914, up)
os.execvp(sys.argv[1], sys.argv[1:])
"""


def _without_network() -> list[str]:
    """What stands before a command; nothing where it cannot be had."""
    prefix = [*NO_NETWORK, sys.executable, "-c", LOCAL]
    try:
        subprocess.run([*prefix, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    return prefix


def _command(stick: Path, wheels: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Make a wheelhouse there; it is fetched from another one, which takes no network."""
    kept = {name: v for name, v in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    # As an address, since pip takes a space in the variable for the end of a path.
    index = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels.as_uri(), "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(
        [*_without_network(), sys.executable, "-m", "workshop", "wheelhouse", str(stick), *options],
        cwd=ROOT,
        env={**kept, **index, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.network
def test_a_first_start_from_it_is_tried_without_network(tmp_path: Path, wheelhouse: Path) -> None:
    stick = tmp_path / "my stick"
    stick.mkdir()
    (stick / "holiday.jpg").write_bytes(b"mine")
    (stick / "numpy-1.0-cp39-cp39-win32.whl").write_bytes(b"for another Python")

    done = _command(stick, wheelhouse)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Trying a first start from it, without network" in done.stderr
    said = done.stdout.replace("\n", " ")
    count = len(list(stick.glob("*.whl")))
    assert f"{count} wheels" in said
    assert f"{count - 1} of them new" in said
    assert "A first start from it was tried: " in said
    assert ", without network. .venv takes" in said
    assert "It changed" not in said
    assert (stick / "holiday.jpg").read_bytes() == b"mine"
    assert (stick / "numpy-1.0-cp39-cp39-win32.whl").read_bytes() == b"for another Python"


def test_a_wheelhouse_that_serves_no_first_start_says_so_and_keeps_its_wheels(
    tmp_path: Path,
) -> None:
    wheel = tmp_path / "numpy-1.0-cp39-cp39-win32.whl"
    wheel.write_bytes(b"for another Python")
    made = WheelhouseResult(folder=tmp_path, wheels=1, size=18, added=1)

    with pytest.raises(FirstStartError) as refused:
        try_wheelhouse(ROOT, made)

    assert refused.value.sentence.startswith(f"A first start from {tmp_path}, without network,")
    assert refused.value.remedy.startswith("The wheels are kept.")
    assert f"{tmp_path} lacks " in "\n".join(refused.value.last_lines)
    assert wheel.exists()


def test_untried_it_says_so(tmp_path: Path) -> None:
    made = WheelhouseResult(folder=tmp_path, wheels=141, size=210_000_000, added=12)
    assert made.sentence.startswith("141 wheels, 210 MB, 12 of them new, for Python 3.")
    assert f"are in {tmp_path}.\nA first start from it was not tried.\nCopy" in made.sentence


def test_a_workspace_without_pins_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"has no constraints\.txt: make a wheelhouse from"):
        make_wheelhouse(tmp_path, tmp_path / "wheels", print)


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wheels").write_text("mine", encoding="utf-8")
    with pytest.raises(CourseError, match=r"wheels is a file\. Name a folder"):
        make_wheelhouse(ROOT, tmp_path / "wheels", print)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("mine", encoding="utf-8")
    with pytest.raises(CourseError, match=r"cannot be written to: .* Name another folder"):
        usable_folder(tmp_path / "stick" / "wheels")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full device")
def test_a_full_disk_is_told_with_what_is_free(tmp_path: Path) -> None:
    words = subprocess.run(["cp", __file__, "/dev/full"], capture_output=True, text=True).stderr
    problem = folder_problem(words, tmp_path)
    assert problem is not None
    free = shutil.disk_usage(tmp_path).free / 1e6
    assert problem.sentence.startswith(f"The disk is full: {tmp_path} has ")
    assert " MB free" in problem.sentence
    assert f"{free:.0f}"[:2] in problem.sentence


def test_a_folder_that_vanishes_is_told_apart_from_the_network(tmp_path: Path) -> None:
    words = (
        f"Could not install packages due to an OSError: [Errno 13] Permission denied: {tmp_path}"
    )
    problem = folder_problem(words, tmp_path)
    assert problem is not None
    assert problem.sentence == f"{tmp_path} can no longer be written to."
    assert folder_problem("Failed to establish a new connection", tmp_path) is None


def test_without_network_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    said: list[str] = []
    with pytest.raises(NetworkError, match="package index does not answer") as refused:
        make_wheelhouse(ROOT, tmp_path / "wheels", said.append)
    assert "Connect to the network" in refused.value.remedy
    assert said
    assert "Fetching the packages for Python 3." in said[0]
