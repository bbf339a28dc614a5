"""A real browser for what students see, a small deck to be seen, and wheels for a first start."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, WebSocket, expect, sync_playwright

from workshop.course.notebooks import dumps, normalise
from workshop.firststart.errors import NetworkError
from workshop.firststart.lock import only_one
from workshop.machine import BROWSERS
from workshop.wheelhouse import make_wheelhouse

_ROOT = Path(__file__).resolve().parents[2]

_PATIENCE = 120_000  # milliseconds, for what a quick machine shows at once
expect.set_options(timeout=_PATIENCE)

_FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    # Other hosts do not resolve, so that a page that needs one fails here as it does offline.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@dataclass
class Visit:
    """A page, and the hosts that it asked for anything (the empty string does not occur)."""

    page: Page
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("request", self._remember)
        self.page.on("websocket", self._remember)

    def _remember(self, asked: Request | WebSocket) -> None:
        host = urlsplit(asked.url).hostname
        if host:
            self.hosts.add(host)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium or Chrome on PATH")


def pytest_itemcollected(item: pytest.Item) -> None:
    if "browser" in getattr(item, "fixturenames", ()):
        item.add_marker("browser")


# One browser a module, not one a session: playwright keeps an event loop running in this thread
# for as long as it lives, and that would fail every later test that calls `asyncio.run`.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium from PATH; skipped where there is none, except in CI, where that is a failure."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        message = f"no browser on PATH; install one of: {', '.join(BROWSERS)}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    # Chromium refuses its sandbox to the superuser, which is who runs in most containers.
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*_FLAGS, "--no-sandbox"] if as_root else _FLAGS
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=flags)
        yield running
        running.close()


@pytest.fixture(scope="module")
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a page of its own context: `visit(url, width=1440, height=900).page`."""
    contexts = []

    def open_page(url: str, *, width: int = 1440, height: int = 900) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        visited = Visit(context.new_page())
        visited.page.goto(url)
        return visited

    yield open_page
    for context in contexts:
        context.close()


ONE_STEP = """\
title = "Lamps & tallies"
closing = "notebooks/02_good_night.ipynb"
routes = []
parts = [{ id = "lamps", title = "Lamps", package = "lamps" }]

[[steps]]
number = 1
id = "switching"
part = "lamps"
title = "Light"
learns = "to switch"
writes = "The blanks."
file = "lamp.py"
full = { talk = 2, read = 8, write = 14, debrief = 1 }
half = { mode = "written", talk = 1, read = 4, write = 6 }
hints = ["What is missing?"]
why = "It is short."
"""


@pytest.fixture
def slides_workspace(tmp_path: Path) -> Path:
    """A workspace with a manifest of one step, and room for decks."""
    return _slides_workspace(tmp_path)


@pytest.fixture
def write_deck(slides_workspace: Path) -> Callable[..., Path]:
    """Writes a deck into the workspace: a slide for each text, all with the same metadata."""
    return partial(_write_deck, slides_workspace)


@pytest.fixture(scope="module")
def write_shared_deck(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The same, into a workspace that a module's tests share: name the deck."""
    return partial(_write_deck, _slides_workspace(tmp_path_factory.mktemp("slides")))


def _slides_workspace(folder: Path) -> Path:
    root = folder / "a workspace"
    for name in ("slides", "exercises"):
        (root / name).mkdir(parents=True)
    (root / "exercises" / "course.toml").write_text(ONE_STEP, encoding="utf-8")
    return root


def _write_deck(root: Path, *slides: str, deck: str = "01_lamps", **metadata: Any) -> Path:
    cells = []
    for source in slides:
        said = {"slideshow": {"slide_type": "slide"}, "minutes": 1, "slot": 1} | metadata
        cells.append({"cell_type": "markdown", "metadata": said, "source": source})
        notes = {"slideshow": {"slide_type": "notes"}}
        cells.append({"cell_type": "markdown", "metadata": notes, "source": "- Ask: why?"})
    path = root / "slides" / f"{deck}.ipynb"
    notebook = {
        "cells": cells,
        "metadata": {"title": "Lamps"},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(dumps(normalise(notebook)), encoding="utf-8", newline="\n")
    return path


@pytest.fixture(scope="session")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheels for this Python: the clone's own, if it has some; fetched once, for all processes."""
    beside = _ROOT / "wheelhouse"
    if beside.is_dir():
        return beside
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    target, done = folder / "wheel house", folder / "wheels are fetched"
    with only_one(folder / "wheels.lock", lambda: None):
        if not done.exists():
            try:
                make_wheelhouse(_ROOT, target, print)
            except NetworkError as error:
                if os.environ.get("CI"):
                    raise
                pytest.skip(error.sentence)
            done.touch()
    return target
