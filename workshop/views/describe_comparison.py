"""Expected and got: the two values, and where they part."""

import re
from itertools import groupby

from .comparisons import ComparedLine, LineByLine, Marked, Piece
from .differences import Change, compared_lines, differing_words, pieces_of, unfolded
from .document import Block, Labelled, Verbatim
from .harmless import first_lines
from .words import count

__all__ = ["describe_comparison"]

_SHORT = 60  # characters that stand beside their label in a terminal of 80 columns
_LONG = 80  # characters, of a line among others
_CONTEXT = 2  # lines that both have, shown before and after what differs
_MAX_CHANGES = 3
_MAX_LINES = 40

# What the engine writes where a test expects no value, but something that is true of it.
_RELATION = re.compile(
    r"(?:!=|<|<=|>|>=|is not|not in|in) .*|.* (?:not )?in it|.* is raised", re.DOTALL
)
_TEXT = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_ESCAPE = re.compile(r"\\.")
_SHORTENED = re.compile(r"\.\.\.|characters (?:more|left out)")


def describe_comparison(expected: str | None, got: str | None) -> tuple[Block, ...]:
    """Both in full where they are short, with marks; else line by line."""
    expected = None if expected is None else first_lines(expected)
    got = None if got is None else first_lines(got)
    if expected is None or got is None or _RELATION.fullmatch(expected):
        return (*_alone("Expected", expected), *_alone("Got", got))
    if expected == got:
        return (*_alone("Expected", expected), *_alone("Got", got), _alike(expected))
    if "\n" in (expected + got).replace(r"\n", "\n") or max(len(expected), len(got)) > _SHORT:
        return _long(expected, got)
    return _short(expected, got)


def _alone(label: str, text: str | None) -> tuple[Block, ...]:
    return () if text is None else (Verbatim(label, text),)


def _alike(text: str) -> Block:
    if _SHORTENED.search(text):
        return Labelled("Difference", "it is in what was left out; print both to see it.")
    return Labelled(
        "Difference",
        "none that can be read: both are written alike, but they are not equal, or not the same "
        "object.",
    )


def _short(expected: str, got: str) -> tuple[Block, ...]:
    pieces, others = pieces_of(expected, got)
    both = (Marked("Expected", pieces), Marked("Got", others))
    changes = differing_words(expected, got)
    return (*both, Verbatim("Difference", _in_words(changes))) if changes else both


def _in_words(changes: tuple[Change, ...]) -> str:
    if len(changes) == 2 and _moved(*changes):
        return f"{_quoted(''.join(changes[0]))} stands in another place."
    told = [_told(*change) for change in changes[:_MAX_CHANGES]]
    if left := len(changes) - len(told):
        told.append(count(left, "more place"))
    return "; ".join(told) + "."


def _moved(one: Change, other: Change) -> bool:
    """Whether the same is missing in one place and too much in another."""
    return "" in one and "" in other and _quoted("".join(one)) == _quoted("".join(other))


def _told(expected: str, got: str) -> str:
    if not got:
        return f"{_quoted(expected)} is missing"
    if not expected:
        return f"{_quoted(got)} is too much"
    return f"{_quoted(got)} in place of {_quoted(expected)}"


def _quoted(text: str) -> str:
    """In quotation marks, without the commas and spaces that an item of a list brings along."""
    bare = text.strip(", ")
    return f'"{bare}"' if bare else count(len(text), "space") if text.isspace() else f'"{text}"'


def _long(*both: str) -> tuple[Block, ...]:
    """Line by line, broken no deeper than it takes for the lines to be short."""
    lines: tuple[ComparedLine, ...] = ()
    whole = [_ESCAPE.sub(_broken, text) if _TEXT.fullmatch(text) else text for text in both]
    expected, got = whole
    for depth in (0,) if "\n" in expected + got else (1, 2, 3):
        lines = compared_lines(_lines(expected, depth), _lines(got, depth))
        if all(len(line.text) <= _LONG for line in lines):
            break
    if len(lines) == 2:  # one line each, which no bracket breaks
        return _short(*both)
    if not any(line.side == "both" or len(line.pieces) > 1 for line in lines):
        return (*_alone("Expected", both[0]), *_alone("Got", both[1]))
    return (LineByLine("Expected and got", _without_most_of_both(lines)),)


def _lines(text: str, depth: int) -> list[str]:
    return unfolded(text, depth) if depth else text.split("\n")


def _broken(escape: re.Match[str]) -> str:
    """A text of several lines, as `repr` writes it, ends its lines where the text does."""
    return escape[0] + "\n" * (escape[0] == r"\n")


def _without_most_of_both(lines: tuple[ComparedLine, ...]) -> tuple[ComparedLine, ...]:
    kept: list[ComparedLine] = []
    for side, group in groupby(lines, key=lambda line: line.side):
        run = list(group)
        left_out = len(run) - 2 * _CONTEXT
        if side == "both" and left_out > 1:
            note = ComparedLine("both", (Piece(f"[{left_out} lines left out]"),))
            run = [*run[:_CONTEXT], note, *run[-_CONTEXT:]]
        kept += run
    if (left_out := len(kept) - _MAX_LINES) > 1:
        note = ComparedLine("both", (Piece(f"[{left_out} lines left out]"),))
        kept = [*kept[:_MAX_LINES], note]
    return tuple(kept)
