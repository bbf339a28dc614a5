"""Where two texts differ: in which lines, and in which words of a line."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from .comparisons import ComparedLine, Piece, Stretch

__all__ = ["compared_lines", "differing_words", "pieces_of", "stretches", "unfolded"]

_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)
_TOKEN = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|\(\)|\[\]|\{\}|.", re.DOTALL)
_ALIKE = 0.5
"""Texts that share less than this are two texts, and marks would only say that all differs."""

Change = tuple[str, str]
"""What one text has and what the other has in its place; either may be empty."""


def differing_words(expected: str, got: str) -> tuple[Change, ...] | None:
    """What differs between two lines, from left to right; `None` if they have little in common."""
    left, right = _WORD.findall(expected), _WORD.findall(got)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    same = sum(len("".join(left[m.a : m.a + m.size])) for m in matcher.get_matching_blocks())
    if 2 * same < _ALIKE * (len(expected) + len(got)):
        return None
    return tuple(
        ("".join(left[a:b]), "".join(right[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )


def pieces_of(expected: str, got: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both lines in pieces; each is one piece without a mark if they have little in common."""
    if differing_words(expected, got) is None:
        return (Piece(expected),), (Piece(got),)
    left, right = _WORD.findall(expected), _WORD.findall(got)
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return (
        _pieces((tag, left[a:b]) for tag, a, b, _, _ in codes),
        _pieces((tag, right[c:d]) for tag, _, _, c, d in codes),
    )


def _pieces(parts: Iterable[tuple[str, list[str]]]) -> tuple[Piece, ...]:
    return tuple(Piece("".join(words), tag != "equal") for tag, words in parts if words)


def compared_lines(expected: Sequence[str], got: Sequence[str]) -> tuple[ComparedLine, ...]:
    """Both texts in one column; of lines that changed, each stands above the one that it became."""
    lines: list[ComparedLine] = []
    codes = SequenceMatcher(None, expected, got, autojunk=False).get_opcodes()
    for tag, a, b, c, d in codes:
        left, right = expected[a:b], got[c:d]
        if tag == "equal":
            lines += [ComparedLine("both", (Piece(line),)) for line in left]
            continue
        for one, other in zip(left, right, strict=False):
            pieces, others = pieces_of(one, other)
            lines += [ComparedLine("expected", pieces), ComparedLine("got", others)]
        paired = min(len(left), len(right))
        lines += [ComparedLine("expected", (Piece(line),)) for line in left[paired:]]
        lines += [ComparedLine("got", (Piece(line),)) for line in right[paired:]]
    return tuple(lines)


def stretches(yours: Sequence[str], ours: Sequence[str]) -> tuple[Stretch, ...]:
    """What two versions have alike and what not, in order."""
    codes = SequenceMatcher(None, yours, ours, autojunk=False).get_opcodes()
    return tuple(Stretch(tuple(yours[a:b]), tuple(ours[c:d])) for _, a, b, c, d in codes)


def unfolded(text: str, depth: int) -> list[str]:
    """The lines of a value on one line, broken at its outer brackets and their commas.

    Works on any text, as a `repr` need not be Python, and may have been shortened. The last of
    several items gets a comma too, as a formatter would write it: else it would differ from the
    same item with another one behind it.
    """
    lines, line = [], ""
    commas: list[bool] = []  # for each bracket that is open and broken: has it had a comma?
    within = 0  # brackets that are open and not broken
    for token in _TOKEN.findall(text):
        if token in "([{" and len(commas) < depth:
            lines.append(line + token)
            commas.append(False)
            line = "    " * len(commas)
        elif token in ")]}" and commas and not within:
            if line.strip():
                lines.append(line + "," if commas[-1] else line)
            commas.pop()
            line = "    " * len(commas) + token
        elif token == "," and commas and not within:
            commas[-1] = True
            lines.append(line + token)
            line = "    " * len(commas)
        elif token != " " or not commas or line.strip():
            within += (token in "([{") - (token in ")]}")
            line += token
    return [*lines, line]
