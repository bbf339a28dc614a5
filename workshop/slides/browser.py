"""The browser that is on this machine, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workshop.course.errors import CourseError
from workshop.machine import BROWSERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType, Page

__all__ = ["READY", "a_browser", "opened"]

READY = "window.Reveal && Reveal.isReady()"

# Where Chrome and Edge install themselves on Windows and macOS, Playwright knows.
_INSTALLED = ("chrome", "msedge")

_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    # A slide that needs another host fails here, as it would in a room without a network.
    "--host-resolver-rules=MAP * ~NOTFOUND",
]


@contextmanager
def a_browser() -> Iterator["Browser"]:
    """Run Chromium, Chrome or Edge without a window, for as long as the block lasts.

    Raises:
        CourseError: There is none on this machine, or Playwright is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        raise CourseError(
            "The browser is driven by playwright, which is not installed. "
            "Run `python3 -m workshop slides` in the clone: it installs what slides need."
        ) from None
    with sync_playwright() as playwright:
        browser = _launched(playwright.chromium)
        try:
            yield browser
        finally:
            browser.close()


def _launched(chromium: "BrowserType") -> "Browser":
    from playwright.sync_api import Error

    # Chromium refuses its sandbox to the superuser, which is who runs in most containers.
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    sandbox = not as_root
    on_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if on_path is not None:
        return chromium.launch(executable_path=on_path, args=_FLAGS, chromium_sandbox=sandbox)
    for channel in _INSTALLED:
        try:
            return chromium.launch(channel=channel, args=_FLAGS, chromium_sandbox=sandbox)
        except Error:
            continue
    raise CourseError(
        "There is no Chromium, Chrome or Edge on this machine, which looks at slides and prints "
        "them. Install one; on Debian and Ubuntu: `sudo apt install chromium`."
    )


@contextmanager
def opened(
    browser: "Browser", url: str, width: int = 1280, height: int = 720
) -> Iterator[tuple["Page", set[str]]]:
    """Open a deck, and wait until it is ready; with it, the addresses that it asks for."""
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        asked: set[str] = set()
        context.on("request", lambda request: asked.add(request.url))
        page = context.new_page()
        page.goto(url)
        page.wait_for_function(READY)
        yield page, asked
