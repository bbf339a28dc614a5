"""Decks as one HTML file each: self-contained, for any browser, with a speaker view."""

import hashlib
import importlib.util
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path

from workshop.course.decks import Slide, slides_of, with_included
from workshop.course.errors import CourseError
from workshop.course.notebooks import Json, dumps
from workshop.course.results import About, Finding

__all__ = ["build_all", "build_deck", "decks", "is_current", "open_deck", "proofs"]

_TEMPLATE = Path(__file__).parent / "slidetemplate"

_REVEAL = "sphinx-revealjs>=3.2.1,<3.3"

# What a deck is made with besides its template; a new version may make other HTML.
_MADE_WITH = ("nbconvert", "mistune", "pygments", "sphinx-revealjs")


def decks(root: Path) -> list[Path]:
    """Find the workspace's decks, in the order of the day."""
    return sorted((root / "slides").glob("[0-9]*.ipynb"))


def build_deck(notebook: Path, target: Path) -> Path:
    """Convert a deck in a workspace's `slides` folder into one HTML file.

    The same deck gives the same bytes.

    Raises:
        CourseError: The deck or what it includes cannot be read, or the slides extra is missing.
    """
    deck = with_included(notebook, _root(notebook))
    text = _converted(deck, _digest(deck))
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.new")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(target)
    return target


def build_all(root: Path, target_dir: Path | None = None) -> list[Path]:
    """Build the decks that are out of date; return all of them, built or still current."""
    folder = target_dir or root / ".workshop" / "slides"
    return [_up_to_date(notebook, folder) for notebook in decks(root)]


def is_current(notebook: Path, target: Path) -> bool:
    """Tell whether the HTML file was built from the deck and its includes as they are now."""
    try:
        with target.open(encoding="utf-8") as file:
            head = file.read(1000)
    except OSError:
        return False
    return _digest(with_included(notebook, _root(notebook))) in head


def open_deck(root: Path, name: str | None = None, *, browser: bool = True) -> Path:
    """Build a deck if it is out of date, and show it.

    Args:
        root: The workspace.
        name: The deck's number, name or both (`0`, `opening`, `00_opening`); none: the first.
        browser: Whether to open it; the path is returned in any case.

    Raises:
        CourseError: There is no such deck, or it cannot be built.
    """
    built = _up_to_date(_find(root, name), root / ".workshop" / "slides")
    if browser:
        webbrowser.open(built.as_uri())
    return built


def proofs(root: Path) -> list[Callable[[], Finding]]:
    """Say what a rehearsal has to prove of the decks: that each can be built."""
    return [partial(_prove, deck) for deck in decks(root)]


def _prove(deck: Path) -> Finding:
    with tempfile.TemporaryDirectory() as folder:
        built = build_deck(deck, Path(folder, "deck.html"))
        size = built.stat().st_size // 1000
    file = f"slides/{deck.name}"
    about = About(aspect="page", file=file)
    detail = f"one HTML file of {size} kB"
    return Finding(name=f"{file} as HTML", ok=True, detail=detail, about=about, count=size)


def _root(notebook: Path) -> Path:
    return notebook.resolve().parent.parent


def _up_to_date(notebook: Path, folder: Path) -> Path:
    target = folder / f"{notebook.stem}.html"
    return target if is_current(notebook, target) else build_deck(notebook, target)


def _find(root: Path, name: str | None) -> Path:
    found = decks(root)
    if not found:
        raise CourseError(f"There are no decks in {root / 'slides'}.")
    if name is None:
        return found[0]
    for notebook in found:
        number, _, title = notebook.stem.partition("_")
        if name in (notebook.stem, notebook.name, title) or name.zfill(2) == number:
            return notebook
    known = ", ".join(notebook.stem for notebook in found)
    raise CourseError(f"There is no deck {name!r}. The decks are: {known}.")


def _digest(deck: Json) -> str:
    """Name everything that the HTML file is made from."""
    _reveal()
    digest = hashlib.sha256(dumps(deck).encode("utf-8"))
    for path in sorted(path for path in _TEMPLATE.iterdir() if path.is_file()):
        digest.update(path.read_bytes())
    digest.update(repr([version(name) for name in _MADE_WITH]).encode("utf-8"))
    return digest.hexdigest()


def _reveal() -> Path:
    """Find reveal.js: its scripts and styles travel in the wheel of a Sphinx extension."""
    spec = importlib.util.find_spec("sphinx_revealjs")
    if spec is None or spec.origin is None:
        pip = "-m pip install" if importlib.util.find_spec("pip") else None
        install = f'"{sys.executable}" {pip}' if pip else f'uv pip install -p "{sys.executable}"'
        raise CourseError(f'Slides need one more package; install it: `{install} "{_REVEAL}"`.')
    return Path(spec.origin).parent / "_static" / "revealjs"


def _converted(deck: Json, digest: str) -> str:
    # Imported here, so that the rest of the workshop does not wait for nbconvert's imports.
    import nbformat
    from nbconvert import SlidesExporter

    reveal = _reveal()
    exporter = SlidesExporter(  # type: ignore[no-untyped-call]
        template_name=_TEMPLATE.name,
        extra_template_basedirs=[str(_TEMPLATE.parent)],
        extra_template_paths=[str(reveal / "dist"), str(reveal / "plugin" / "notes")],
        exclude_anchor_links=True,
    )
    notebook = nbformat.from_dict(deck)  # type: ignore[no-untyped-call]
    title = deck["metadata"].get("title", "Slides")
    resources = {"title": title, "digest": digest, "slides": _for_template(slides_of(notebook))}
    text, _ = exporter.from_notebook_node(notebook, resources)
    return f"{text}\n"


def _for_template(slides: tuple[Slide, ...]) -> list[Json]:
    ends = accumulate(slide.minutes["full"] for slide in slides)
    return [
        {
            "number": slide.number,
            "minutes": slide.minutes["full"],
            "time": f"{_clock(slide.minutes['full'])} min",
            "until": _clock(end),
            "layout": slide.shown[0]["metadata"].get("layout", ""),
            "size": _size(max((len(code) for code in slide.code), default=0)),
            "shown": slide.shown,
            "notes": slide.notes,
        }
        for slide, end in zip(slides, ends, strict=True)
    ]


def _size(lines: int) -> str:
    """Name the size of the letters of a slide's longest code, for the theme."""
    return "short" if lines <= 6 else "long" if lines > 12 else ""


def _clock(minutes: float) -> str:
    return f"{int(minutes)}:{round(minutes * 60) % 60:02}"
