"""Facts about this machine that matter on the day of a workshop."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from workshop.course.results import Finding

__all__ = ["facts"]

# On Windows and macOS browsers are not on PATH; the last names are folders of the system's.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
)


def facts(root: Path) -> tuple[Finding, ...]:
    """System, Python, uv, browser and disk; none of them fails, `workshop doctor` judges."""
    return (
        Finding(name="system", ok=True, detail=_system()),
        Finding(name="Python", ok=True, detail=_python()),
        Finding(name="uv", ok=True, detail=_uv()),
        _browser(),
        Finding(name="disk", ok=True, detail=_disk(root)),
    )


def _system() -> str:
    machine = platform.machine()
    if sys.platform == "darwin":
        return f"macOS {platform.mac_ver()[0]}, {machine}"
    if sys.platform == "win32":
        return f"Windows {platform.release()} ({platform.version()}), {machine}"
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}, {machine}"


def _python() -> str:
    base = getattr(sys, "_base_executable", sys.executable)
    return f"{platform.python_version()}, {base}"


def _uv() -> str:
    program = shutil.which("uv")
    if program is None:
        return "not here; a first start takes pip, which is slower"
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as problem:
        return f"{program} does not run: {problem}"
    return f"{asked.stdout.strip().removeprefix('uv ')}, {program}"


def _browser() -> Finding:
    """Any browser shows the slides; a PDF of them takes one of this family."""
    places = (os.path.expandvars(place) for place in PLACES)
    found = next(filter(None, map(shutil.which, (*BROWSERS, *places))), None)
    if found:
        return Finding(name="browser", ok=True, detail=f"{found}, for slides and their PDF")
    return Finding(
        name="browser",
        ok=True,
        detail="no Chromium, Chrome or Edge was found, so the PDF of the slides is untried",
        remedy="Slides open in any browser. For the PDF, install Chromium or Chrome.",
        proven=False,
    )


def _disk(root: Path) -> str:
    free = shutil.disk_usage(root).free / 1e9
    temporary = shutil.disk_usage(tempfile.gettempdir()).free / 1e9
    return f"{free:.1f} GB free, and {temporary:.1f} GB for temporary files"
