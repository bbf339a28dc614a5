"""JupyterLab as a student meets it: a real server, a real kernel, a real browser.

The workspace's path has a space and a letter beyond ASCII, the first port is taken, and the
student's home is full of settings that would change what is seen, if they counted.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import psutil  # type: ignore[import-untyped]  # publishes no types; ipykernel brings it
import pytest
from playwright.sync_api import Page, expect

from workshop.course.notebooks import LANGUAGE_INFO
from workshop.lab import FIRST_PORT, Arrangement, open_lab, running_lab

NOTEBOOK = "notebooks/00_welcome.ipynb"
EXERCISE = "exercises/domain_model/work_item.py"
FIRST_SCREEN = Arrangement(notebook=NOTEBOOK, file=EXERCISE)

LAUNCHER = f"""
import sys
from pathlib import Path
from workshop.lab import Arrangement, open_lab
arrangement = Arrangement(notebook={NOTEBOOK!r}, file={EXERCISE!r})
say = lambda line: print(line, flush=True)
sys.exit(open_lab(Path(sys.argv[1]), arrangement, browser=False, port=None, say=say))
"""

REPORT = """\
import json, os, sys
print(json.dumps([sys.executable, os.environ["PYTHONPATH"]]))"""

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has other shells and signals")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def notebook() -> str:
    """Two cells; the second's output moves if the notebook is trusted."""
    html = "<p id=picture>still</p><script>picture.innerHTML = 'moves'</script>"
    shown = {
        "output_type": "execute_result",
        "execution_count": 1,
        "data": {"text/html": html},
        "metadata": {},
    }
    cells: list[dict[str, Any]] = [
        {"id": "a", "source": REPORT, "execution_count": None, "outputs": []},
        {"id": "b", "source": "1 + 1", "execution_count": 1, "outputs": [shown]},
    ]
    kernelspec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    content = {
        "cells": [cell | {"cell_type": "code", "metadata": {}} for cell in cells],
        "metadata": {"kernelspec": kernelspec, "language_info": LANGUAGE_INFO},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content)


def make_workspace(root: Path) -> Path:
    """A workspace of two notebooks and an exercise."""
    for name in ("00_welcome", "01_identity"):
        write(root / "notebooks" / f"{name}.ipynb", notebook())
    write(root / "notebooks" / "broken.ipynb", "[]")
    write(root / EXERCISE, "class WorkItem:\n    ...\n")
    return root


def hostile_home(home: Path) -> dict[str, str]:
    """A home whose settings would show, and the environment of a student who lives there."""
    config = "c = get_config()\nc.ServerApp.port = 9999\nc.ServerApp.password = 'argon2:x'\n"
    for name in ("jupyter_config.py", "jupyter_server_config.py", "jupyter_lab_config.py"):
        write(home / ".jupyter" / name, config)
    dark = '{"theme": "JupyterLab Dark"}'
    settings = home / ".jupyter/lab/user-settings"
    write(settings / "@jupyterlab/apputils-extension/themes.jupyterlab-settings", dark)
    write(
        home / ".jupyter/labconfig/default_setting_overrides.json",
        f'{{"@jupyterlab/apputils-extension:themes": {dark}}}',
    )
    kernel = {"argv": ["/nowhere/python"], "display_name": "Mine", "language": "python"}
    write(home / ".local/share/jupyter/kernels/python3/kernel.json", json.dumps(kernel))
    write(home / ".ipython/profile_default/startup/00.py", "raise SystemExit")
    other = home / "other"
    write(other / "python", "#!/bin/sh\necho other\n")
    (other / "python").chmod(0o755)
    write(other / "traitlets.py", "raise ImportError\n")
    rc = f"export PATH='{other}':$PATH PYTHONPATH='{other}'\nalias python=false\ncd /\n"
    for name in (".bashrc", ".zshrc"):
        write(home / name, rc)
    fish = f"alias python=false\nset -gx PATH '{other}' $PATH\nset -gx PYTHONPATH '{other}'\ncd /\n"
    write(home / ".config/fish/config.fish", fish)
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "SHELL": "/bin/bash",
        "JUPYTER_TOKEN": "known",
        "JUPYTER_CONFIG_PATH": str(home / ".jupyter"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "PYTHONPATH": str(other),
    }


class Launched:
    """`open_lab` in a process of its own, and what it said."""

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, str(root)],
            env=os.environ | {"PYTHONUTF8": "1"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def read_until(self, ending: str) -> None:
        """Wait for a line with these words."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if ending in line:
                return
        pytest.fail(f"{ending!r} was not said, but: {self.said}")

    def offspring(self) -> list[Any]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def end(self) -> None:
        """End it, however it stands."""
        with suppress(psutil.NoSuchProcess):
            for process in self.offspring():
                process.kill()
        self.process.kill()
        self.process.communicate()


def until(done: Callable[[], Any], seconds: float = 60) -> Any:
    """What `done` answers, as soon as that is something."""
    give_up = time.monotonic() + seconds
    while not (answer := done()):
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.1)
    return answer


def test_an_explicit_port_that_is_taken_is_one_clear_sentence(tmp_path: Path) -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = open_lab(tmp_path, FIRST_SCREEN, browser=False, port=port, say=said.append)
    assert code == 2
    assert said == [
        f"Port {port} cannot be used (address already in use). "
        f"Choose another one, or leave --port out."
    ]


@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_a_number_that_is_no_port_is_refused(tmp_path: Path, port: int) -> None:
    said: list[str] = []
    assert open_lab(tmp_path, FIRST_SCREEN, browser=False, port=port, say=said.append) == 2
    assert "a port is a number" in said[0]


def test_a_folder_that_cannot_be_written_to_is_one_clear_sentence(tmp_path: Path) -> None:
    write(tmp_path / ".workshop", "a file where the folder should be")
    said: list[str] = []
    assert open_lab(tmp_path, FIRST_SCREEN, browser=False, port=None, say=said.append) == 1
    assert said[-1].startswith("JupyterLab cannot be used: ")
    assert "`workshop doctor`" in said[-1]


def test_a_server_that_does_not_start_shows_the_telling_lines_of_its_log(tmp_path: Path) -> None:
    write(make_workspace(tmp_path) / "traitlets.py", "raise ImportError('spoilt by a student')\n")
    said: list[str] = []
    assert open_lab(tmp_path, FIRST_SCREEN, browser=False, port=None, say=said.append) == 1
    assert said[-1].startswith("JupyterLab did not start. ")
    assert str(tmp_path / ".workshop" / "lab.log") in said[-1]
    assert said[-1].endswith("ImportError: spoilt by a student")


def test_what_a_killed_server_left_behind_is_no_running_server(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    info = {"port": port, "token": "t", "root_dir": str(tmp_path), "pid": os.getpid()}
    runtime = tmp_path / ".workshop/jupyter/runtime"
    write(runtime / "jpserver-1.json", json.dumps(info))
    write(runtime / "jpserver-2.json", '{"port": 8')
    write(runtime / "jpserver-3.json", "[]")
    assert running_lab(tmp_path) is None


@posix_only
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_terminal_finds_this_python_first_in(shell: str, tmp_path: Path) -> None:
    if not (program := shutil.which(shell)):
        pytest.skip(f"{shell} is not installed")
    script = f"""
import os, sys
from pathlib import Path
from workshop import lab
root = Path({str(tmp_path)!r})
runtime = lab._fresh_runtime(root)
os.environ.update(lab._environment(root, runtime))
from workshop.labshell import shell_command
command = shell_command()
os.execv(command[0], command)
"""
    environment = hostile_home(tmp_path / "home") | {"SHELL": program, "PYTHONPATH": ""}
    asked = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | environment,
        input="python -c 'import sys; print(sys.executable)'\necho $PYTHONPATH\npwd\nexit\n",
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    lines = asked.stdout.splitlines()
    assert "Save your file, then type: workshop check" in lines
    assert sys.executable in lines
    assert lines.count(str(tmp_path)) == 2


@posix_only
@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_nothing_stays_behind_after(way: signal.Signals, tmp_path: Path) -> None:
    launched = Launched(make_workspace(tmp_path / "work shop"), {})
    offspring: list[Any] = []
    try:
        launched.read_until("press Ctrl-C")
        url = str(running_lab(tmp_path / "work shop"))
        start_terminal_and_kernel(url)
        offspring = until(lambda: len(launched.offspring()) >= 3 and launched.offspring())
        launched.process.send_signal(way)
        code = launched.process.wait(timeout=60)
        _, alive = psutil.wait_procs(offspring, timeout=60)
        rest = launched.process.stdout.read() if launched.process.stdout else ""
    finally:
        launched.end()
        for process in offspring:
            with suppress(psutil.NoSuchProcess):
                process.kill()
    assert alive == []
    assert running_lab(tmp_path / "work shop") is None
    if way == signal.SIGINT:
        assert (code, rest) == (0, "Stopping JupyterLab …\n")
        assert list((tmp_path / "work shop/.workshop/jupyter/runtime").glob("jpserver-*")) == []


def start_terminal_and_kernel(url: str) -> None:
    parts = urlsplit(url)
    token = parse_qs(parts.query)["token"][0]
    for kind in ("terminals", "kernels"):
        request = Request(
            f"http://{parts.netloc}/api/{kind}",
            method="POST",
            headers={"Authorization": f"token {token}"},
        )
        build_opener(ProxyHandler({})).open(request, timeout=120).close()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("clones") / "Löwe & co")


@pytest.fixture(scope="module")
def lab(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launched]:
    """A server that started although its first port was taken and a killed one left files."""
    info = {"port": 1, "token": "t", "root_dir": str(root)}
    write(root / ".workshop/jupyter/runtime/jpserver-1.json", json.dumps(info))
    with ExitStack() as stack:
        with suppress(OSError):  # somebody else has it, which serves as well
            stack.enter_context(socket.create_server(("127.0.0.1", FIRST_PORT)))
        launched = Launched(root, hostile_home(tmp_path_factory.mktemp("home")))
        stack.callback(launched.end)
        launched.read_until("press Ctrl-C")
        yield launched


@pytest.fixture(scope="module")
def screen(lab: Launched, visit: Callable[..., Any]) -> Any:
    """The first screen, once its three parts are there."""
    seen = visit(next(line.strip() for line in lab.said if "http://" in line))
    expect(seen.page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=120_000)
    expect(seen.page.locator(".jp-FileEditor .cm-line").first).to_be_visible(timeout=120_000)
    expect(seen.page.locator(".jp-Terminal .xterm-screen")).to_be_visible(timeout=120_000)
    bar = seen.page.locator("#jp-main-statusbar")
    expect(bar).to_contain_text("Python 3 (ipykernel) | Idle", timeout=120_000)
    return seen


def test_the_launcher_says_what_it_does_and_nothing_else(lab: Launched) -> None:
    port = int(lab.said[3].partition("127.0.0.1:")[2].partition("/")[0])
    assert port > FIRST_PORT
    assert lab.said[:3] == [
        "Starting JupyterLab …",
        f"Port {FIRST_PORT} is in use, so JupyterLab took port {port}.",
        "Open this address in your browser:",
    ]
    assert lab.said[4:] == ["Leave this window open. To stop JupyterLab, press Ctrl-C in it."]
    assert max(map(len, lab.said)) < 80


def test_the_first_screen_shows_notebook_file_and_terminal(screen: Any) -> None:
    page: Page = screen.page
    tabs = page.locator("#jp-main-dock-panel .lm-DockPanel-tabBar .lm-TabBar-tabLabel")
    assert sorted(tabs.all_inner_texts()) == ["00_welcome.ipynb", "Terminal 1", "work_item.py"]
    notebook, file, terminal = (
        page.locator(f"#jp-main-dock-panel .{kind}").bounding_box()
        for kind in ("jp-NotebookPanel", "jp-FileEditor", "jp-Terminal")
    )
    assert notebook
    assert file
    assert terminal
    assert notebook["x"] + notebook["width"] <= file["x"]
    assert file["y"] + file["height"] <= terminal["y"]
    assert file["x"] == terminal["x"]
    assert page.locator("body").get_attribute("data-jp-theme-name") == "JupyterLab Light"


def test_the_side_panels_are_closed(screen: Any) -> None:
    expect(screen.page.locator("#jp-left-stack")).to_be_hidden()
    expect(screen.page.locator("#jp-right-stack")).to_be_hidden()


def test_nothing_on_the_first_screen_asks_for_attention(screen: Any) -> None:
    for mark in (".jp-Dialog", ".Toastify__toast", ".jp-mod-dirty"):
        expect(screen.page.locator(mark)).to_have_count(0)


def test_pictures_with_scripts_show_before_they_are_run(screen: Any) -> None:
    expect(screen.page.locator("#picture")).to_have_text("moves")


def test_the_terminal_is_of_this_environment(screen: Any, root: Path) -> None:
    page: Page = screen.page
    page.locator(".jp-Terminal .xterm-screen").click()
    program = "import os, sys; print(sys.executable, os.getcwd(), sep=os.linesep)"
    command = f"(python -c '{program}'; command -v workshop; tput cols) > seen 2>&1; mv seen told"
    page.keyboard.type(command + "\n")
    until((root / "told").exists)
    python, folder, workshop, columns = (root / "told").read_text(encoding="utf-8").splitlines()
    assert python == sys.executable
    assert folder == str(root)
    assert Path(workshop).parent == Path(sys.executable).parent
    assert int(columns) >= 80


def test_the_kernel_is_this_python_and_sees_the_workspace(screen: Any, root: Path) -> None:
    page: Page = screen.page
    cell = page.locator(".jp-CodeCell").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    output = cell.locator(".jp-OutputArea-output pre")
    expect(output).to_be_visible(timeout=120_000)
    assert json.loads(output.inner_text()) == [sys.executable, str(root)]


def test_saving_a_notebook_keeps_the_students_python_version_out_of_it(
    screen: Any, root: Path
) -> None:
    before = (root / NOTEBOOK).stat().st_mtime_ns
    screen.page.locator(".jp-NotebookPanel").click(position={"x": 300, "y": 600})
    screen.page.keyboard.press("Control+s")
    until(lambda: (root / NOTEBOOK).stat().st_mtime_ns != before)
    saved = json.loads((root / NOTEBOOK).read_text(encoding="utf-8"))
    assert saved["metadata"]["language_info"] == LANGUAGE_INFO


def test_no_other_host_is_asked_for_anything(screen: Any) -> None:
    assert screen.hosts == {"127.0.0.1"}


def test_checkpoints_stay_out_of_the_tree_and_apart(screen: Any, root: Path) -> None:
    until((root / f".workshop/jupyter/checkpoints/{EXERCISE[:-3]}-checkpoint.py").exists)
    assert list(root.rglob(".ipynb_checkpoints")) == []


@posix_only
def test_a_second_start_opens_another_step_in_the_running_server(
    lab: Launched, root: Path, visit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root / "browser", '#!/bin/sh\necho "$1" > "$0.seen"\necho noise\necho noise >&2\n')
    (root / "browser").chmod(0o755)
    monkeypatch.setenv("BROWSER", f"'{root / 'browser'}' %s")
    said: list[str] = []
    step = Arrangement(notebook="notebooks/01_identity.ipynb", file="exercises/gone.py")
    assert open_lab(root, step, browser=True, port=None, say=said.append) == 0
    assert said[:2] == [
        "JupyterLab is already running for this folder.",
        "JupyterLab is in your browser, at",
    ]
    opened = (root / "browser.seen").read_text(encoding="utf-8").strip()
    assert said[2:] == [f"  {opened}"]
    page = visit(opened).page
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=120_000)
    tabs = page.locator("#jp-main-dock-panel .lm-DockPanel-tabBar .lm-TabBar-tabLabel")
    expect(tabs.filter(has_text="Terminal 1")).to_be_visible(timeout=120_000)
    assert sorted(tabs.all_inner_texts()) == ["01_identity.ipynb", "Terminal 1"]
