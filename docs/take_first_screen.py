"""Take the picture of the first screen, `first-screen.png`: `python docs/take_first_screen.py`.

The course is copied first, so that the picture shows a fresh clone, and nothing of yours.
Needs the `test` extra, and Chromium or Chrome on PATH.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from workshop.lab import Arrangement, open_lab

CLONE = Path(__file__).resolve().parent.parent
PICTURE = Path(__file__).with_name("first-screen.png")
FIRST_SCREEN = Arrangement(
    notebook="notebooks/00_welcome.ipynb", file="exercises/domain_model/work_item.py"
)


def take(address: str) -> None:
    """Photograph the screen at the address once its three parts are there."""
    names = ("chromium", "google-chrome", "chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"] if as_root else []
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)
        for part in (".jp-Notebook .jp-Cell", ".jp-FileEditor .cm-line", ".xterm-screen"):
            expect(page.locator(part).first).to_be_visible(timeout=60_000)
        bar = page.locator("#jp-main-statusbar")
        expect(bar).to_contain_text("Python 3 (ipykernel) | Idle", timeout=60_000)
        page.wait_for_timeout(3000)  # until the terminal has its prompt and pictures are drawn
        page.screenshot(path=PICTURE)
        browser.close()


def say(line: str) -> None:
    """Take the picture when the address is said, and then stop as Ctrl-C would."""
    print(line)  # noqa: T201  # this is a command; its words go to whoever runs it
    if "http://" in line:
        take(line.strip())
        raise KeyboardInterrupt


def main() -> int:
    """Serve a copy of the course, and take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "event-sourced-domain-models")
        for part in ("exercises", "notebooks"):
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(CLONE / part, root / part, ignore=ignored)
        return open_lab(root, FIRST_SCREEN, browser=False, port=None, say=say)


if __name__ == "__main__":
    sys.exit(main())
