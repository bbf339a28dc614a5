"""Looks over the machine and the workspace, and says what to mend and how."""

import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from importlib import metadata
from pathlib import Path

from workshop.course.results import DoctorResult, Finding
from workshop.lab import FIRST_PORT, free_port, has_display

__all__ = ["examine"]

PROJECT = "event-sourced-domain-models"
AGAIN = "Remove the folder `.venv` and run `python3 -m workshop` (or reinstall the package)."


def examine(root: Path | None) -> DoctorResult:
    """Look at everything that the course needs; `root` is the workspace, if one was found.

    Never raises: a look that fails is a finding.
    """
    looks: list[tuple[str, Callable[[], Finding]]] = [
        ("Python", _python),
        ("SQLite", _sqlite),
        ("packages", partial(_packages, root)),
        ("JupyterLab", _jupyterlab),
        ("kernel", _kernel),
        ("git", _git),
        ("browser", _browser),
        ("port", _port),
        ("text", _text),
        ("workspace", partial(_workspace, root)),
    ]
    if root is not None:
        looks += [("disk", partial(_disk, root)), ("progress", partial(_progress, root))]
    return DoctorResult(findings=tuple(_guarded(name, look) for name, look in looks))


def _guarded(name: str, look: Callable[[], Finding]) -> Finding:
    try:
        found = look()
    except Exception as problem:
        detail = f"could not be looked at: {type(problem).__name__}: {problem}"
        return Finding(name=name, ok=False, detail=detail, remedy=AGAIN)
    return replace(found, remedy="") if found.ok else found


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        name="Python",
        ok=sys.version_info >= (3, 11),
        detail=f"{version}, {sys.executable}",
        remedy="Install Python 3.11 or newer, then run `python3 -m workshop` with it.",
    )


def _sqlite() -> Finding:
    return Finding(
        name="SQLite",
        ok=sqlite3.sqlite_version_info >= (3, 37),
        detail=f"{sqlite3.sqlite_version}; the event store needs 3.37 or newer",
        remedy=f"Install a newer Python, which brings a newer SQLite. {AGAIN}",
    )


def _packages(root: Path | None) -> Finding:
    """Compare what is installed with what the course asks for and, in a clone, with the pins."""
    installed = {_plain(found.name): found.version for found in metadata.distributions()}
    if _plain(PROJECT) not in installed:
        return Finding(
            name="packages", ok=False, detail="the course is not installed", remedy=AGAIN
        )
    asked = [line for line in metadata.requires(PROJECT) or () if "extra ==" not in line]
    missing = sorted({_plain(line) for line in asked} - installed.keys())
    if missing:
        detail = f"missing: {', '.join(missing)}"
        return Finding(name="packages", ok=False, detail=detail, remedy=AGAIN)
    pins = _pins(root / "constraints.txt") if root else {}
    other = [
        f"{name} {installed[name]} instead of {version}"
        for name, version in pins.items()
        if installed.get(name, version) != version
    ]
    detail = f"{len(installed)} installed"
    if pins:
        detail = "; ".join(other[:3]) if other else f"{detail}, all as pinned"
    return Finding(name="packages", ok=not other, detail=detail, remedy=AGAIN)


def _pins(constraints: Path) -> dict[str, str]:
    """The pinned versions by name; none where there is no such file, as outside a clone."""
    if not constraints.is_file():
        return {}
    text = constraints.read_text(encoding="utf-8")
    # A name that is pinned twice has a pin for each platform, and says nothing about this one.
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)
    names = [_plain(name) for name, _ in found]
    return {_plain(name): pin for name, pin in found if names.count(_plain(name)) == 1}


def _plain(requirement: str) -> str:
    """A distribution's name, normalised, without what may follow it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def _jupyterlab() -> Finding:
    spec = importlib.util.find_spec("jupyterlab")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    whole = folder is not None and (folder / "static" / "package.json").is_file()
    detail = f"version {metadata.version('jupyterlab')}" if whole else "not installed, or in part"
    return Finding(name="JupyterLab", ok=whole, detail=detail, remedy=AGAIN)


def _kernel() -> Finding:
    """Notebooks must run in this very Python, where the course is installed."""
    if importlib.util.find_spec("ipykernel") is None:
        return Finding(name="kernel", ok=False, detail="ipykernel is missing", remedy=AGAIN)
    spec = Path(sys.prefix, "share", "jupyter", "kernels", "python3", "kernel.json")
    program = json.loads(spec.read_text(encoding="utf-8"))["argv"][0] if spec.exists() else "python"
    # Jupyter takes a bare name for the Python that it runs in itself.
    ours = re.fullmatch(r"python(3(\.\d+)?)?", program) or Path(program) == Path(sys.executable)
    detail = "notebooks run in this Python" if ours else f"notebooks would run in {program}"
    return Finding(name="kernel", ok=bool(ours), detail=detail, remedy=AGAIN)


def _git() -> Finding:
    remedy = {
        "win32": "Install it with `winget install Git.Git`, and open a new terminal.",
        "darwin": "Install it with `xcode-select --install`.",
    }.get(sys.platform, "Install it, for instance with `sudo apt install git`.")
    git = shutil.which("git")
    if git is None:
        return Finding(name="git", ok=False, detail="not found", remedy=remedy)
    try:
        asked = subprocess.run(
            [git, "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError) as problem:
        return Finding(name="git", ok=False, detail=f"does not run: {problem}", remedy=remedy)
    return Finding(name="git", ok=True, detail=asked.stdout.strip().removeprefix("git version "))


def _browser() -> Finding:
    if not has_display():
        return Finding(
            name="browser",
            ok=True,
            detail="no display here; `workshop lab` prints the address to open",
        )
    try:
        found = getattr(webbrowser.get(), "name", "the system's default")
    except webbrowser.Error:
        return Finding(
            name="browser",
            ok=False,
            detail="none found",
            remedy="Install one, or open the address that `workshop lab --no-browser` prints.",
        )
    return Finding(name="browser", ok=True, detail=str(found))


def _port() -> Finding:
    port = free_port()
    return Finding(
        name="port",
        ok=port is not None,
        detail=f"{port} is free" if port else f"none is free from {FIRST_PORT} on",
        remedy="Name a free one: `workshop lab --port N`.",
    )


def _text() -> Finding:
    encoding = str(getattr(sys.stdout, "encoding", None) or "unknown")
    name = "PYTHONUTF8"
    command = f"`$env:{name} = 1`" if os.name == "nt" else f"`export {name}=1`"
    return Finding(
        name="text",
        ok=encoding.lower().replace("-", "") == "utf8",
        detail=f"the terminal's encoding is {encoding}",
        remedy=f"Make it UTF-8 with {command}.",
    )


def _workspace(root: Path | None) -> Finding:
    if root is None:
        return Finding(
            name="workspace",
            ok=False,
            detail="no exercises/course.toml here or in a folder above",
            remedy="Change to the folder that you cloned, or make one with `workshop init DIR`.",
        )
    state = root / ".workshop"
    try:
        state.mkdir(exist_ok=True)
        for folder in (root, root / "exercises", state):
            tempfile.TemporaryFile(dir=folder).close()
    except OSError as problem:
        return Finding(
            name="workspace",
            ok=False,
            detail=f"{root} cannot be written to: {problem.strerror}",
            remedy="Make the folder yours, or begin in another one with `workshop init DIR`.",
        )
    return Finding(name="workspace", ok=True, detail=str(root))


def _disk(root: Path) -> Finding:
    free = shutil.disk_usage(root).free // 10**6
    return Finding(
        name="disk",
        ok=free >= 200,
        detail=f"{free:,} MB free; the day needs 200",
        remedy=f"Make room on the disk of {root}.",
    )


def _progress(root: Path) -> Finding:
    path = root / ".workshop" / "progress.db"
    if not path.exists():
        return Finding(name="progress", ok=True, detail="nothing recorded yet")
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            found = str(database.execute("PRAGMA quick_check").fetchone()[0])
    except sqlite3.Error as problem:
        found = str(problem)
    return Finding(
        name="progress",
        ok=found == "ok",
        detail="readable" if found == "ok" else f"{path} cannot be read: {found}",
        remedy="Rename that file; the next command begins a new record, and your code is safe.",
    )
