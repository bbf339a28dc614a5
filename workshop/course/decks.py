"""A deck is a notebook of slides; this reads it, includes what it shows, and says what is wrong.

A Markdown cell with the metadata `"include": "solutions/domain_model/board.py::Board.schedule"`
shows that definition as it stands in the file, so that a slide cannot show other code than the
course has. With `"lines": ["case A", "case B"]` it shows the part from the first line that has the
first text to the next that has the second; with `"docstrings": false`, no docstrings. Code out of
`solutions/wrong` is labelled as a mistake; a `"label"` says something else in its corner. A line
`![…](pictures/board.svg)` in a Markdown cell shows the drawing itself, which then follows the
deck's light or dark theme; in JupyterLab it is an ordinary image.

The first cell of a slide says in its metadata what the slide's time is taken from: its `slot`, the
number of a step or the title of a segment of the route; how many `minutes` it takes; and how many
on the `half` day, where it is left out if nothing is said. A `half_slot` says that on the half day
its time is taken from somewhere else. With `"exercise": true`, the students work while it is shown.
"""

import ast
import re
import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.course.definitions import Definable, Definition, definitions
from workshop.course.errors import CourseError
from workshop.course.notebooks import Json, NotebookError, in_memory, load, normalise, problems

__all__ = [
    "LONGEST_CODE",
    "LONGEST_LINE",
    "Slide",
    "deck_problems",
    "decks_of",
    "demos_of",
    "named",
    "region",
    "slides_of",
    "with_included",
]

LONGEST_CODE = 16
"""Lines of code on a slide; more cannot be read from the back row."""

LONGEST_LINE = 56
"""Characters in a line of code on a slide."""

_PICTURE = re.compile(r"^!\[[^\]]*\]\(([^()\s]+\.svg)\)$", re.MULTILINE)
_WITHOUT_TEXT = re.compile(r"!\[\s*\]\([^()]*\)|<img\b(?![^>]*\balt=\"[^\"]+\")[^>]*>")
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_FENCED = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_WRONG_ANSWERS = "solutions/wrong/"
_MARKER = re.compile(r"\s+# (step \d+( \(helper\))?|whole)$")
_PROMPT = re.compile(r"^\s*(?:[-*]\s+)?(?:\*\*)?(?:Note|Ask|Demo):", re.MULTILINE)
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Slide:
    """One slide: what is shown, what the speaker sees, and how long it stays.

    Attributes:
        number: Its place in the deck, from 1.
        minutes: What it takes on each route; 0: it is left out there.
        slots: What its minutes are taken from on each route: a step's number, a segment's title.
        exercise: Whether the students work while it is shown.
        shown: The cells that the audience sees.
        notes: The cells that only the speaker sees.
    """

    number: int
    minutes: Mapping[str, float]
    slots: Mapping[str, int | str]
    exercise: bool
    shown: tuple[Json, ...]
    notes: tuple[Json, ...]

    @property
    def code(self) -> tuple[list[str], ...]:
        """Each piece of code on it, as lines."""
        pieces: list[str] = []
        for cell in self.shown:
            source = cell["source"]
            pieces += [source] if cell["cell_type"] == "code" else _FENCED.findall(source)
        return tuple(piece.strip().splitlines() for piece in pieces)


def decks_of(root: Path) -> list[Path]:
    """Find a workspace's decks, in the order of the day."""
    return sorted((root / "slides").glob("[0-9]*.ipynb"))


def demos_of(root: Path) -> list[Path]:
    """Find a workspace's demonstrations, which an instructor runs between slides."""
    return sorted((root / "slides" / "demos").glob("[0-9]*.ipynb"))


def named(name: str, notebooks: Sequence[Path], what: str) -> Path:
    """The notebook of this number, name or both: `0`, `opening`, `00_opening`.

    Raises:
        CourseError: There is none or more than one; the message lists those that there are.
    """
    found = [path for path in notebooks if name in (path.stem, path.name, path.stem[3:])]
    found = found or [path for path in notebooks if path.stem[:2] == name.zfill(2)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(path.stem for path in notebooks) or "none"
    trouble = f"{name!r} is more than one {what}" if found else f"There is no {what} {name!r}"
    raise CourseError(f"{trouble}. The {what}s are: {known}.")


def slides_of(notebook: Json) -> tuple[Slide, ...]:
    """Divide a notebook into slides: a cell of type slide or subslide begins one.

    Cells of type skip belong to no slide; cells before the first slide belong to it.
    """
    groups: list[list[Json]] = []
    for cell in notebook["cells"]:
        kind = _slide_type(cell)
        if kind == "skip":
            continue
        if kind in ("slide", "subslide") or not groups:
            groups.append([])
        groups[-1].append(cell)
    return tuple(_slide(number, group) for number, group in enumerate(groups, start=1))


def _slide(number: int, cells: list[Json]) -> Slide:
    said = cells[0]["metadata"]
    slot = said.get("slot", "")
    return Slide(
        number=number,
        minutes={"full": said.get("minutes", 0), "half": said.get("half", 0)},
        slots={"full": slot, "half": said.get("half_slot", slot)},
        exercise=said.get("exercise", False),
        shown=tuple(cell for cell in cells if _slide_type(cell) != "notes"),
        notes=tuple(cell for cell in cells if _slide_type(cell) == "notes"),
    )


def with_included(path: Path, root: Path) -> Json:
    """Read a deck, with its included code and drawings in their places and texts as strings.

    Raises:
        NotebookError: The deck or what it includes cannot be read, or is not there.
    """
    notebook = in_memory(normalise(load(path)))
    for place, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] != "markdown":
            continue
        try:
            if "include" in cell["metadata"]:
                said = cell["metadata"]
                code = region(
                    root,
                    said["include"],
                    between=said.get("lines"),
                    docstrings=said.get("docstrings", True),
                )
                cell["source"] = f"```python\n{code}\n```"
                if said["include"].startswith(_WRONG_ANSWERS):
                    said.setdefault("label", "a mistake")
            else:
                cell["source"] = _with_pictures(cell["source"], path.parent)
        except LookupError as error:
            raise NotebookError(f"{path.name}, cell {place}: {error.args[0]}") from error
    return notebook


def region(
    root: Path, include: str, *, between: Sequence[str] | None = None, docstrings: bool = True
) -> str:
    """Cut a definition out of a file: `folder/file.py::Class.method`.

    A step's marker is left out, and of a docstring only the first line is kept.

    Args:
        root: The folder from which the path counts.
        include: The path and the qualified name; a property's setter is `Class.name.setter`.
        between: Two texts; only the lines from one with the first to one with the second are kept.
        docstrings: Whether the first line of a docstring is kept.

    Raises:
        LookupError: There is no such file, definition or line, or Python cannot parse the file.
    """
    name, _, key = include.partition("::")
    try:
        source = (root / name).read_text(encoding="utf-8")
        found = {definition.key: definition for definition in definitions(source)}
    except (OSError, SyntaxError) as error:
        raise LookupError(f"{name}, which it includes, cannot be read: {error}.") from error
    if key not in found:
        raise LookupError(f"{name} has no {key!r} to include; name a function or class in it.")
    lines = _lines_of(found[key], source.splitlines(), docstrings=docstrings)
    if between is not None:
        lines = _between(lines, between[0], between[1], include)
    return "\n".join(lines)


def deck_problems(path: Path, root: Path) -> tuple[str, ...]:
    """Say what keeps a deck from being shown, a sentence each."""
    try:
        included = with_included(path, root)
    except NotebookError as error:
        return (str(error),)
    found = [*problems(load(path))]
    for slide in slides_of(included):
        found += (f"Slide {slide.number} {what}" for what in _slide_problems(slide))
    return tuple(found)


def _slide_type(cell: Json) -> str:
    return str(cell["metadata"].get("slideshow", {}).get("slide_type", "-"))


def _with_pictures(source: str, folder: Path) -> str:
    def drawing(match: re.Match[str]) -> str:
        try:
            svg = (folder / match[1]).read_text(encoding="utf-8")
        except OSError as error:
            raise LookupError(f"the picture {match[1]} cannot be read.") from error
        # Markdown ends a block of HTML at an empty line.
        lines = [line for line in svg.splitlines() if line.strip()]
        return "\n".join(["<figure>", *lines, "</figure>"])

    return _PICTURE.sub(drawing, source)


def _lines_of(definition: Definition, source: list[str], *, docstrings: bool) -> list[str]:
    lines = []
    left_out, cut = _docstring_lines(definition, source, keep_first=docstrings)
    for number in range(definition.first_line, definition.last_line + 1):
        if number not in left_out:
            line = _MARKER.sub("", source[number - 1])[definition.node.col_offset :]
            lines.append(line + '"""' if number in cut else line)
    return lines


def _docstring_lines(
    definition: Definition, source: list[str], *, keep_first: bool
) -> tuple[set[int], set[int]]:
    """Find the lines of docstrings that are left out, and those that then need an end."""
    left_out: set[int] = set()
    cut: set[int] = set()
    for node in ast.walk(definition.node):
        if isinstance(node, Definable) and ast.get_docstring(node) is not None:
            docstring = node.body[0]
            first, last = docstring.lineno, docstring.end_lineno or docstring.lineno
            left_out |= set(range(first + keep_first, last + 1))
            if not keep_first and not "".join(source[last : last + 1]).strip():
                left_out.add(last + 1)  # the empty line after it
            cut |= {first} if keep_first and last > first else set()
    return left_out, cut


def _between(lines: list[str], first: str, last: str, include: str) -> list[str]:
    """Keep the lines from one that has the first text to one that has the last, as a block."""
    start = next((place for place, line in enumerate(lines) if first in line), None)
    if start is None:
        raise LookupError(f"{include} has no line with {first!r}.")
    end = next((place for place, line in enumerate(lines[start:], start) if last in line), None)
    if end is None:
        raise LookupError(f"{include} has no line with {last!r} from {first!r} on.")
    return textwrap.dedent("\n".join(lines[start : end + 1])).splitlines()


def _slide_problems(slide: Slide) -> Iterator[str]:
    if not slide.minutes["full"] > 0:
        yield "has no minutes in its first cell's metadata."
    if not slide.slots["full"]:
        yield "has no slot in its first cell's metadata: a step's number, or a segment's title."
    notes = "\n".join(cell["source"] for cell in slide.notes)
    if not _PROMPT.search(notes):
        yield "has no speaker notes that begin with Note:, Ask: or Demo:."
    for lines in slide.code:
        if len(lines) > LONGEST_CODE:
            yield f"shows {len(lines)} lines of code; {LONGEST_CODE} can be read from the back row."
        if (width := max(map(len, lines), default=0)) > LONGEST_LINE:
            yield f"shows a line of {width} characters; {LONGEST_LINE} fit on a projector of 4:3."
    for cell in slide.shown:
        if cell["cell_type"] == "markdown":
            yield from _picture_problems(cell["source"])
        for output in cell.get("outputs", ()):
            yield from _shown_picture_problems(output.get("data", {}))


def _shown_picture_problems(bundle: Json) -> Iterator[str]:
    if "image/png" in bundle or "image/jpeg" in bundle:
        yield "shows a bitmap, which has no text alternative; show SVG with title and desc."
    for mime in ("text/html", "image/svg+xml"):
        yield from _picture_problems(bundle.get(mime, ""))


def _picture_problems(source: str) -> Iterator[str]:
    for svg in _DRAWING.findall(source):
        try:
            drawing = ET.fromstring(svg)
        except ET.ParseError as error:
            yield f"has a drawing that is not well-formed: {error}."
            continue
        texts = (drawing.findtext(f"{_SVG}title"), drawing.findtext(f"{_SVG}desc"))
        if not all(texts) or drawing.get("role") != "img" or not drawing.get("aria-labelledby"):
            yield 'has a drawing without title, desc, role="img" or aria-labelledby.'
    for match in _WITHOUT_TEXT.finditer(source):
        yield f"has a picture without a text alternative: {match[0]}."
