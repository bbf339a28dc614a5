"""A first start that is tried: measured, refused the network, and never left behind.

Most clones here are small programs that stand for a workshop: they end in a page at once, or do
what no workshop should. That the real one is tried from a wheelhouse, see `test_wheelhouse.py`.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # publishes no types; ipykernel brings it
import pytest

from workshop.course.errors import CourseError
from workshop.trial import FirstStartError, command, told, try_first_start

# Announces a page, as `workshop lab` does, and ends when it is asked to.
PAGE = """
import http.server, json, os, pathlib, sys, threading
print("Making .venv with uv, 0 s", file=sys.stderr, flush=True)
os.mkdir(".venv")
pathlib.Path(".venv", "package").write_bytes(bytes(3_000_000))
pathlib.Path(os.environ["TOLD"]).write_text(json.dumps({
    "pid": os.getpid(), "argv": sys.argv[1:], "prefix": sys.prefix, "folder": os.getcwd(),
    "files": sorted(os.listdir()), "variables": dict(os.environ),
}))
class Page(http.server.BaseHTTPRequestHandler):
    status = 200
    def do_GET(self):
        ours = self.path == "/lab/workspaces/00_welcome?token=secret"
        self.send_response(self.status if ours else 404)
        self.end_headers()
    def do_POST(self):
        if self.path == "/api/shutdown" and self.headers["Authorization"] == "token secret":
            threading.Thread(target=server.shutdown).start()
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Page)
def announce():
    print("Open this address in your browser:", flush=True)
    port = server.server_address[1]
    print(f"  http://127.0.0.1:{port}/lab/workspaces/00_welcome?token=secret", flush=True)
"""
SERVE = "announce()\nserver.serve_forever()\n"
HANG = "import time\nwhile True: time.sleep(0.1)\n"

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made; what a clone tells is put beside it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TOLD", str(tmp_path / "told.json"))
    return folder


def make_clone(tmp_path: Path, program: str) -> Path:
    """A clone that git does not know."""
    root = tmp_path / "clone"
    files = {
        "constraints.txt": "",
        "README.md": "# Read me\n",
        "workshop/__main__.py": program,
        "exercises/course.toml": "",
        "my notes/diary.txt": "not the course's",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def heard(tmp_path: Path) -> dict[str, Any]:
    """What the clone told of itself."""
    told: dict[str, Any] = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    return told


def is_gone(pid: int) -> bool:
    """Whether the process has ended, at the latest in a moment."""
    give_up = time.monotonic() + 60
    while psutil.pid_exists(pid) and time.monotonic() < give_up:
        time.sleep(0.05)
    return not psutil.pid_exists(pid)


def test_it_is_measured_from_the_command_to_the_page(tmp_path: Path, place: Path) -> None:
    root = make_clone(tmp_path, PAGE + SERVE)

    first = try_first_start(root)

    assert 0 < first.seconds < 60
    assert (first.tool, first.megabytes) == ("uv", 3)
    assert first.wheelhouse is None
    assert first.changed == ()
    assert " s from the command to the page, with uv, with the network and nothing" in told(first)


def test_it_runs_as_the_readme_says_in_a_folder_with_a_space(tmp_path: Path, place: Path) -> None:
    try_first_start(make_clone(tmp_path, PAGE + SERVE))

    clone = heard(tmp_path)
    assert clone["argv"] == ["--no-browser"]
    assert clone["prefix"] == sys.base_prefix
    assert " " in Path(clone["folder"]).parent.name
    assert clone["files"] == [".venv", "README.md", "constraints.txt", "exercises", "workshop"]


def test_nothing_is_left_behind(tmp_path: Path, place: Path) -> None:
    root = make_clone(tmp_path, PAGE + SERVE)
    before = sorted(root.rglob("*"))

    try_first_start(root)

    assert is_gone(heard(tmp_path)["pid"])
    assert list(place.iterdir()) == []
    assert sorted(root.rglob("*")) == before


def test_a_student_gets_what_git_tracks_as_it_is_now(tmp_path: Path, place: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not on the path")
    root = make_clone(tmp_path, "")
    (root / "removed.txt").touch()
    for arguments in (["init", "--quiet"], ["add", "."]):
        subprocess.run([git, *arguments], cwd=root, check=True)
    (root / "removed.txt").unlink()
    (root / "untracked.txt").touch()
    (root / "workshop" / "__main__.py").write_text(PAGE + SERVE, encoding="utf-8")

    try_first_start(root)

    files = heard(tmp_path)["files"]
    assert "my notes" in files
    assert {"removed.txt", "untracked.txt"}.isdisjoint(files)


def test_a_file_that_the_start_changes_or_leaves_is_named(tmp_path: Path, place: Path) -> None:
    meddle = 'open("README.md", "a").write("x")\nopen("exercises/junk", "w")\n'

    first = try_first_start(make_clone(tmp_path, meddle + PAGE + SERVE))

    assert first.changed == ("README.md", "exercises/junk")
    assert "It changed README.md and 1 more" in told(first)


def test_nothing_of_this_environment_helps(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VIRTUAL_ENV", "PYTHONPATH", "WORKSHOP_WHEELHOUSE", "JUPYTER_TOKEN"):
        monkeypatch.setenv(name, "ours")
    scripts = sysconfig.get_path("scripts")
    monkeypatch.setenv("PATH", os.pathsep.join((scripts, os.environ["PATH"])))
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")

    try_first_start(make_clone(tmp_path, PAGE + SERVE))

    variables = heard(tmp_path)["variables"]
    assert "ours" not in variables.values()
    assert scripts not in variables["PATH"].split(os.pathsep)
    assert variables["PIP_INDEX_URL"] == "https://mirror.example/simple", "the machine's own way"
    assert variables["PIP_NO_CACHE_DIR"] == variables["UV_NO_CACHE"] == "1"


def test_with_a_wheelhouse_no_tool_is_left_a_way_to_a_network(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("no_proxy", "*")
    wheels = tmp_path / "wheels"
    wheels.mkdir()

    first = try_first_start(make_clone(tmp_path, PAGE + SERVE), wheels)

    variables = heard(tmp_path)["variables"]
    assert first.wheelhouse == variables["WORKSHOP_WHEELHOUSE"] == str(wheels)
    assert "PIP_INDEX_URL" not in variables
    assert variables["PIP_NO_INDEX"] == variables["UV_OFFLINE"] == "1"
    proxies = {name.lower(): value for name, value in variables.items() if "proxy" in name.lower()}
    assert proxies.pop("no_proxy") == "127.0.0.1,localhost"
    assert set(proxies.values()) == {"http://127.0.0.1:9"}


def test_a_start_that_fails_is_told_in_a_sentence_and_its_last_lines(
    tmp_path: Path, place: Path
) -> None:
    program = 'import sys\nprint("\\n".join(map(str, range(20))), flush=True)\nsys.exit("No.")\n'

    with pytest.raises(FirstStartError) as refused:
        try_first_start(make_clone(tmp_path, program))

    ended = r"with the network ended after \d+ s with exit code 1, before"
    assert re.search(ended, refused.value.sentence)
    assert refused.value.last_lines == ("13", "14", "15", "16", "17", "18", "19", "No.")
    assert list(place.iterdir()) == []


def test_a_page_that_does_not_open_is_no_first_start(tmp_path: Path, place: Path) -> None:
    with pytest.raises(FirstStartError, match="which does not open: 500"):
        try_first_start(make_clone(tmp_path, PAGE + "Page.status = 500\n" + SERVE))

    assert is_gone(heard(tmp_path)["pid"])


def test_a_start_without_end_is_ended_with_all_that_it_started(tmp_path: Path, place: Path) -> None:
    installer = f"import subprocess\nsubprocess.Popen([sys.executable, '-c', {HANG!r}])\n"
    with pytest.raises(FirstStartError, match="did not end in a page within 6 s"):
        try_first_start(make_clone(tmp_path, PAGE + installer + HANG), limit=6)

    assert is_gone(heard(tmp_path)["pid"])
    assert [p for p in psutil.process_iter(["cmdline"]) if HANG in (p.info["cmdline"] or ())] == []
    assert list(place.iterdir()) == []


@posix_only
def test_a_server_that_will_not_end_is_ended(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "PATIENCE", 0.3)
    deaf = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nserver.shutdown = print\n"

    try_first_start(make_clone(tmp_path, PAGE + deaf + SERVE))

    assert is_gone(heard(tmp_path)["pid"])


@posix_only
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_who_interrupts_it_leaves_nothing_behind(tmp_path: Path, place: Path, name: str) -> None:
    root = make_clone(tmp_path, PAGE + HANG)
    program = (
        "import pathlib, sys, tempfile\nfrom workshop.trial import try_first_start\n"
        "tempfile.tempdir = sys.argv[2]\ntry_first_start(pathlib.Path(sys.argv[1]))\n"
    )
    trying = subprocess.Popen(
        [sys.executable, "-c", program, str(root), str(place)], stderr=subprocess.DEVNULL
    )
    give_up = time.monotonic() + 120
    while not (tmp_path / "told.json").exists() or not (tmp_path / "told.json").stat().st_size:
        assert time.monotonic() < give_up
        time.sleep(0.05)

    trying.send_signal(getattr(signal, name))

    trying.wait(timeout=120)
    assert is_gone(heard(tmp_path)["pid"])
    assert list(place.iterdir()) == []


def test_a_workspace_without_the_workshops_own_files_cannot_be_tried(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="is a workspace, not a clone"):
        try_first_start(tmp_path)
