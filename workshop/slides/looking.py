"""A deck is looked at as the audience sees it: in a browser, on each screen, in both themes."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.course.decks import deck_problems
from workshop.course.results import Finding

from .browser import a_browser, opened
from .building import up_to_date

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["LEAST_CONTRAST", "SCREENS", "Screen", "look_at"]

LEAST_CONTRAST = 4.5
"""Of words to what is behind them: level AA of the W3C's accessibility guidelines, WCAG 2.2."""


@dataclass(frozen=True)
class Screen:
    """What a deck is shown on: its size in pixels, the theme, and the letters."""

    name: str
    width: int
    height: int
    theme: str
    letters: str = ""


# The widest letters that a system without the theme's own fonts falls back to.
_WIDE = ":root { --sans: 'DejaVu Sans', Verdana; --serif: 'DejaVu Serif', Georgia; }"

SCREENS = (
    Screen("16:9, light", 1280, 720, "light"),
    Screen("16:9, dark", 1280, 720, "dark"),
    Screen("16:9, large", 1920, 1080, "light"),
    Screen("4:3", 1024, 768, "light"),
    Screen("4:3, wide letters", 1024, 768, "dark", _WIDE),
)


def look_at(notebooks: list[Path], route: str = "full") -> list[Finding]:
    """Look at every slide of the decks on every screen.

    Raises:
        CourseError: A deck cannot be built, or there is no browser on this machine.
    """
    with a_browser() as browser:
        return [_look(browser, notebook, route) for notebook in notebooks]


def _look(browser: "Browser", notebook: Path, route: str) -> Finding:
    began = time.perf_counter()
    problems = list(deck_problems(notebook, notebook.resolve().parent.parent))
    html = up_to_date(notebook, route)
    slides = 0
    for screen in SCREENS:
        url = f"{html.as_uri()}?theme={screen.theme}"
        with opened(browser, url, screen.width, screen.height) as (page, asked):
            if screen.letters:
                page.add_style_tag(content=screen.letters)
            slides = page.evaluate("Reveal.getTotalSlides()")
            problems += (f"{what} ({screen.name})." for what in _problems(page))
            others = sorted(address for address in asked if not address.startswith(html.as_uri()))
            problems += (f"It asks for {address}." for address in others)
    return Finding(
        name=f"slides/{notebook.name}",
        ok=not problems,
        detail=" ".join(problems) or f"{slides} slides fit {len(SCREENS)} screens, and can be read",
        remedy="Shorten what does not fit, or give it a slide of its own." if problems else "",
        seconds=time.perf_counter() - began,
    )


def _problems(page: "Page") -> Iterator[str]:
    page.evaluate(_script())
    # All slides in one call: between two calls the browser would paint what nobody looks at.
    found = page.evaluate("least => look.through(least)", LEAST_CONTRAST)
    for number, slide in enumerate(found, start=1):
        for words in slide["outside"]:
            yield f"Slide {number}: {words!r} does not fit"
        for words, contrast in slide["faint"]:
            yield f"Slide {number}: {words!r} has a contrast of {contrast:.1f} : 1"
        for picture in slide["withoutText"]:
            yield f"Slide {number}: {picture} has no text alternative"


@cache
def _script() -> str:
    return Path(__file__).with_name("look.js").read_text(encoding="utf-8")
