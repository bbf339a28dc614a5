"""JupyterLab, arranged for a step: the notebook left, the exercise right, a terminal below it.

This side starts, finds and stops the server (`workshop.labserver`) and imports nothing of Jupyter,
so that it answers at once. All state of the server is in `.workshop/jupyter`.
"""

import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from workshop.labshell import LABCONFIG

__all__ = ["FIRST_PORT", "Arrangement", "free_port", "has_display", "open_lab", "running_lab"]

FIRST_PORT = 8888
_PATIENCE = 60.0  # seconds until a server that does not answer is given up


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """What is on the screen: two files, relative to the workspace, with forward slashes."""

    notebook: str
    file: str


@dataclass(frozen=True)
class _Server:
    """A server that answers."""

    port: int
    token: str

    def url(self, name: str | None = None) -> str:
        """The address of an arranged screen, or of the server's first one."""
        page = f"lab/workspaces/{quote(name)}" if name else "lab"
        return f"http://127.0.0.1:{self.port}/{page}?{urlencode({'token': self.token})}"

    def ask(self, method: str, path: str, body: object = None) -> int:
        """The HTTP status of a request to the server's own API."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
            connection.request(method, path, json.dumps(body) if body else None, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def show(self, root: Path, arrangement: Arrangement) -> str:
        """Arrange a fresh screen; return its address."""
        name = arrangement.notebook.rpartition("/")[2].removesuffix(".ipynb")
        screen = {"data": _layout(root, arrangement), "metadata": {"id": name}}
        status = self.ask("PUT", f"/lab/api/workspaces/{quote(name)}", screen)
        if status != http.client.NO_CONTENT:
            raise OSError(f"the screen cannot be arranged (HTTP status {status})")
        return self.url(name)


def open_lab(
    root: Path,
    arrangement: Arrangement,
    *,
    browser: bool,
    port: int | None,
    say: Callable[[str], None],
) -> int:
    """Show the arrangement, and serve it until Ctrl-C unless a server of this workspace runs.

    Returns:
        The exit code: 0, also after Ctrl-C; 1 if JupyterLab did not start or ended with an error;
        2 if `port` cannot be had.
    """
    root = root.resolve()
    try:
        running = _running(root)
        if running is not None:
            say("JupyterLab is already running for this folder.")
            _announce(running.show(root, arrangement), browser=browser, say=say)
            return 0
        if port is not None and (reason := _refusal(port)):
            say(f"Port {port} cannot be used ({reason}). Choose another one, or leave --port out.")
            return 2
        say("Starting JupyterLab …")
        with _server_process(root, port) as process:
            return _serve(process, root, arrangement, browser=browser, port=port, say=say)
    except (OSError, http.client.HTTPException) as problem:
        say(f"JupyterLab cannot be used: {problem}. `workshop doctor` tells more.")
        return 1


def running_lab(root: Path) -> str | None:
    """The address of the server that runs for this workspace, if one does."""
    server = _running(root.resolve())
    return server.url() if server else None


def free_port() -> int | None:
    """The first port from `FIRST_PORT` on that a server could listen on."""
    ports = range(FIRST_PORT, FIRST_PORT + 100)
    return next((port for port in ports if _refusal(port) is None), None)


def has_display() -> bool:
    """Whether a browser could open a window here."""
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    )


def _serve(
    process: "subprocess.Popen[bytes]",
    root: Path,
    arrangement: Arrangement,
    *,
    browser: bool,
    port: int | None,
    say: Callable[[str], None],
) -> int:
    try:
        server = _wait_until_ready(process, root)
        if server is None:
            say(f"JupyterLab did not start. {_end_of_log(root)}")
            return 1
        if port is None and server.port != FIRST_PORT:
            say(f"Port {FIRST_PORT} is in use, so JupyterLab took port {server.port}.")
        _announce(server.show(root, arrangement), browser=browser, say=say)
        say("Leave this window open. To stop JupyterLab, press Ctrl-C in it.")
        while process.poll() is None:
            time.sleep(0.2)
    except KeyboardInterrupt:
        say("Stopping JupyterLab …")
        return 0
    if process.returncode:
        say(f"JupyterLab ended with an error. {_end_of_log(root)}")
        return 1
    say("JupyterLab was shut down.")
    return 0


def _running(root: Path) -> _Server | None:
    """The server that runs for this workspace; what a killed one left behind is passed over."""
    for path in _runtime(root).glob("jpserver-*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
            info = json.loads(path.read_text(encoding="utf-8"))
            server = _Server(int(info["port"]), str(info["token"]))
            # A copied workspace brings the file of a server that serves the original.
            if Path(info["root_dir"]).samefile(root) and server.ask("GET", "/api/status") == 200:
                return server
    return None


def _wait_until_ready(process: "subprocess.Popen[bytes]", root: Path) -> _Server | None:
    give_up = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up and process.poll() is None:
        server = _running(root)
        if server is not None:
            return server
        time.sleep(0.1)
    return None


@contextmanager
def _server_process(root: Path, port: int | None) -> Iterator["subprocess.Popen[bytes]"]:
    """The server, out of reach of this terminal's Ctrl-C; it ends when its standard input does.

    That holds on every system, and also when this process is killed.
    """
    command = [sys.executable, "-m", "workshop.labserver", "" if port is None else str(port)]
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    environment = _environment(root, _fresh_runtime(root))
    with _log(root).open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            **apart,
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Let the server end its kernels and terminals; a second Ctrl-C ends it at once."""
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=15)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()


def _fresh_runtime(root: Path) -> Path:
    """The folder of the server's files, without those of servers that are gone."""
    runtime = _runtime(root)
    runtime.mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    for left_behind in runtime.glob("jpserver-*"):
        left_behind.unlink(missing_ok=True)
    return runtime


def _environment(root: Path, runtime: Path) -> dict[str, str]:
    """What the server, its kernels and its terminals see.

    An existing PYTHONPATH is dropped: it comes before the environment's own packages, and would
    replace pinned ones by others.
    """
    ours = ("JUPYTER", "PYTHONPATH", "PYTHONSTARTUP", "IPYTHONDIR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    state = root / ".workshop" / "jupyter"
    scripts = sysconfig.get_path("scripts")
    # zsh reads its settings from ZDOTDIR; the second name keeps the student's own.
    zdotdir = os.environ.get("WORKSHOP_ZDOTDIR", os.environ.get("ZDOTDIR", ""))
    environment = kept | {
        "IPYTHONDIR": str(state / "ipython"),
        "JUPYTER_CONFIG_DIR": str(state / "config"),
        "JUPYTER_DATA_DIR": str(state / "data"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTER_TOKEN": secrets.token_urlsafe(12),  # short, so that the address fits a line
        "MPLCONFIGDIR": str(state / "matplotlib"),
        "PATH": scripts + os.pathsep + os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(root),
        "PYTHONUTF8": "1",
        "WORKSHOP_BIN": scripts,
        "WORKSHOP_LABCONFIG": str(LABCONFIG),
        "WORKSHOP_ROOT": str(root),
        "WORKSHOP_ZDOTDIR": zdotdir,
        "ZDOTDIR": str(LABCONFIG / "zsh"),
    }
    if sys.prefix != sys.base_prefix:
        environment["VIRTUAL_ENV"] = sys.prefix
    if os.name != "nt" and runtime.stat().st_mode & 0o077:
        # Windows' drives under WSL, for one, keep no modes, and Jupyter would refuse to go on.
        environment["JUPYTER_ALLOW_INSECURE_WRITES"] = "1"
    return environment


def _runtime(root: Path) -> Path:
    return root / ".workshop" / "jupyter" / "runtime"


def _log(root: Path) -> Path:
    return root / ".workshop" / "lab.log"


def _layout(root: Path, arrangement: Arrangement) -> dict[str, Any]:
    """The screen, as JupyterLab stores one; a file that is gone leaves its place to the rest."""

    def tabs(*widgets: str) -> dict[str, Any]:
        return {"type": "tab-area", "currentIndex": 0, "widgets": list(widgets)}

    notebook, editor = f"notebook:{arrangement.notebook}", f"editor:{arrangement.file}"
    opened: dict[str, Any] = {"terminal:1": {"data": {"name": "1"}}}
    left, right = [], [tabs("terminal:1")]
    if (root / arrangement.notebook).is_file():
        left = [tabs(notebook)]
        opened[notebook] = {"data": {"path": arrangement.notebook, "factory": "Notebook"}}
    if (root / arrangement.file).is_file():
        right.insert(0, tabs(editor))
        opened[editor] = {"data": {"path": arrangement.file, "factory": "Editor"}}
    column = {
        "type": "split-area",
        "orientation": "vertical",
        "sizes": [0.65, 0.35],
        "children": right,
    }
    dock = {
        "type": "split-area",
        "orientation": "horizontal",
        "sizes": [0.48, 0.52],
        "children": [*left, column],
    }
    return opened | {
        "layout-restorer:data": {
            "main": {"dock": dock, "current": notebook},
            "down": {"size": 0, "widgets": []},
            "left": {"collapsed": True, "visible": True, "widgets": ["filebrowser"]},
            "right": {"collapsed": True, "visible": False, "widgets": []},
            "relativeSizes": [0, 1, 0],
        },
        "file-browser-filebrowser:cwd": {"path": ""},
    }


def _announce(url: str, *, browser: bool, say: Callable[[str], None]) -> None:
    opened = browser and _open_browser(url)
    say("JupyterLab is in your browser, at" if opened else "Open this address in your browser:")
    say(f"  {url}")


def _open_browser(url: str) -> bool:
    """Whether a browser took the address; never one that would draw in this terminal."""
    if not has_display():
        return False
    # In a process of its own, because browsers write their own troubles into the terminal.
    program = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
    quiet = subprocess.DEVNULL
    try:
        asked = subprocess.run(
            [sys.executable, "-c", program, url],
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            timeout=15,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _refusal(port: int) -> str | None:
    """Why a server cannot listen on the port; `None` if it can."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # elsewhere the option means that several may share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            return (problem.strerror or str(problem)).lower()
        except OverflowError:
            return "a port is a number up to 65535"
    return None if port else "a port is a number from 1"


def _end_of_log(root: Path) -> str:
    """The log's telling lines, and where the rest is."""
    log = _log(root)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    lines = [line.strip() for line in lines if line.strip()]
    telling = [line for line in lines if re.search(r"Error|\[[CE] ", line)]
    shown = (telling or lines or ["(nothing)"])[-3:]
    return "\n".join([f"{log} says:", *(f"  {line}" for line in shown)])
