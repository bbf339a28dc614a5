"""From a deck's notebook to the text of its HTML file, with nbconvert and reveal.js."""

import hashlib
import importlib.util
import json
import sys
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path

from workshop.course.decks import Slide, slides_of, with_included
from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.notebooks import Json

__all__ = ["Deck"]

_TEMPLATE = Path(__file__).parent / "template"

_REVEAL = "sphinx-revealjs>=3.2.1,<3.3"

# What a deck is made with besides its template; a new version may make other HTML.
_MADE_WITH = ("nbconvert", "mistune", "pygments", "sphinx-revealjs")


@dataclass(frozen=True)
class Deck:
    """A deck as a route shows it.

    Attributes:
        title: What the browser's tab says.
        course: What every slide's foot says.
        slides: What the template needs of each slide, as JSON.
    """

    title: str
    course: str
    slides: list[Json]

    @classmethod
    def read(cls, path: Path, root: Path, course: Course, route: str) -> "Deck":
        """Read a deck with what it includes, and keep the slides that the route shows.

        Raises:
            NotebookError: The deck or what it includes cannot be read.
        """
        notebook = with_included(path, root)
        shown = [slide for slide in slides_of(notebook) if slide.minutes[route] > 0]
        ends = accumulate(slide.minutes[route] for slide in shown)
        return cls(
            title=notebook["metadata"].get("title", "Slides"),
            course=course.title,
            slides=[
                _for_template(slide, place, end, course, route)
                for place, (slide, end) in enumerate(zip(shown, ends, strict=True), start=1)
            ],
        )

    @cached_property
    def digest(self) -> str:
        """Name everything that the HTML file is made from."""
        _reveal()
        shown = [self.title, self.course, self.slides, [version(name) for name in _MADE_WITH]]
        digest = hashlib.sha256(json.dumps(shown).encode("utf-8"))
        for path in sorted(path for path in _TEMPLATE.iterdir() if path.is_file()):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def html(self) -> str:
        """The whole file; nothing in it asks for anything else.

        Raises:
            CourseError: The slides extra is not installed.
        """
        # Imported here, so that the rest of the workshop does not wait for nbconvert's imports.
        from nbconvert import SlidesExporter
        from nbformat.v4 import new_notebook

        reveal = _reveal()
        exporter = SlidesExporter(  # type: ignore[no-untyped-call]
            template_name=_TEMPLATE.name,
            extra_template_basedirs=[str(_TEMPLATE.parent)],
            extra_template_paths=[str(reveal / "dist"), str(reveal / "plugin" / "notes")],
            exclude_anchor_links=True,
        )
        resources = {"deck": self}
        text, _ = exporter.from_notebook_node(new_notebook(), resources)  # type: ignore[no-untyped-call]
        return f"{text}\n"


def _reveal() -> Path:
    """Find reveal.js: its scripts and styles travel in the wheel of a Sphinx extension."""
    spec = importlib.util.find_spec("sphinx_revealjs")
    if spec is None or spec.origin is None:
        pip = "-m pip install" if importlib.util.find_spec("pip") else None
        install = f'"{sys.executable}" {pip}' if pip else f'uv pip install -p "{sys.executable}"'
        raise CourseError(f'Slides need one more package; install it: `{install} "{_REVEAL}"`.')
    return Path(spec.origin).parent / "_static" / "revealjs"


def _for_template(slide: Slide, place: int, end: float, course: Course, route: str) -> Json:
    minutes = slide.minutes[route]
    return {
        "number": place,
        "seconds": round(minutes * 60),
        "time": f"{_clock(minutes)} min",
        "until": _clock(end),
        "layout": slide.shown[0]["metadata"].get("layout", ""),
        "size": _size(max((len(code) for code in slide.code), default=0)),
        "exercise": _exercise(slide, course, route),
        "shown": slide.shown,
        "notes": slide.notes,
    }


def _exercise(slide: Slide, course: Course, route: str) -> int:
    """Minutes that the students read and write while the slide is shown; 0 if they do not."""
    slot = slide.slots[route]
    if not slide.exercise or not isinstance(slot, int):
        return 0
    planned = course.step(slot).minutes_on(route)
    return planned.read + planned.write


def _size(lines: int) -> str:
    """Name the size of the letters of a slide's longest code, for the theme."""
    return "short" if lines <= 6 else "long" if lines > 12 else ""


def _clock(minutes: float) -> str:
    return f"{int(minutes)}:{round(minutes * 60) % 60:02}"
