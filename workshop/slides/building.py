"""A deck as one HTML file: self-contained, for any browser, with a speaker view."""

import tempfile
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path

from workshop.course.decks import decks_of, named
from workshop.course.manifest import Course
from workshop.course.results import About, Finding
from workshop.course.workspace import MANIFEST

from .converting import Deck

__all__ = [
    "build_all",
    "build_deck",
    "is_current",
    "open_deck",
    "proofs",
    "up_to_date",
]


def build_deck(notebook: Path, target: Path, route: str = "full") -> Path:
    """Convert a deck in a workspace's `slides` folder into one HTML file.

    The same deck gives the same bytes.

    Args:
        notebook: The deck.
        target: The file to write; an older one is replaced only once the new one is whole.
        route: The id of the route whose slides are shown, each with its minutes there.

    Raises:
        CourseError: The deck or what it includes cannot be read, or the slides extra is missing.
    """
    text = _read(notebook, route).html()
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.new")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(target)
    return target


def build_all(root: Path, route: str = "full") -> list[Path]:
    """Build the decks that are out of date; return all of them, built or still current."""
    return [up_to_date(notebook, route) for notebook in decks_of(root)]


def is_current(notebook: Path, target: Path, route: str = "full") -> bool:
    """Tell whether the HTML file was built from the deck and its includes as they are now."""
    try:
        with target.open(encoding="utf-8") as file:
            head = file.read(1000)
    except OSError:
        return False
    return _read(notebook, route).digest in head


def up_to_date(notebook: Path, route: str = "full") -> Path:
    """The deck's HTML file in `.workshop/slides`, built now if it was not current."""
    name = notebook.stem if route == "full" else f"{notebook.stem}.{route}"
    target = _root(notebook) / ".workshop" / "slides" / f"{name}.html"
    return target if is_current(notebook, target, route) else build_deck(notebook, target, route)


def open_deck(root: Path, name: str = "0", route: str = "full", *, browser: bool = True) -> Path:
    """Build a deck if it is out of date, and show it.

    Args:
        root: The workspace.
        name: The deck's number, name or both: `0`, `opening`, `00_opening`.
        route: The id of the route whose slides are shown.
        browser: Whether to open it; the path is returned in any case.

    Raises:
        CourseError: There is no such deck, or it cannot be built.
    """
    built = up_to_date(named(name, decks_of(root), "deck"), route)
    if browser:
        webbrowser.open(built.as_uri())
    return built


def proofs(root: Path) -> list[Callable[[], Finding]]:
    """Say what a rehearsal has to prove of the decks: that each can be built."""
    return [partial(_prove, deck) for deck in decks_of(root)]


def _prove(deck: Path) -> Finding:
    with tempfile.TemporaryDirectory() as folder:
        sizes = [
            build_deck(deck, Path(folder, f"{route}.html"), route).stat().st_size
            for route in ("full", "half")
        ]
    size = max(sizes) // 1000
    file = f"slides/{deck.name}"
    about = About(aspect="page", file=file)
    detail = f"one HTML file of {size} kB"
    return Finding(name=f"{file} as HTML", ok=True, detail=detail, about=about, count=size)


def _read(notebook: Path, route: str) -> Deck:
    root = _root(notebook)
    return Deck.read(notebook, root, Course.load(root / MANIFEST), route)


def _root(notebook: Path) -> Path:
    return notebook.resolve().parent.parent
