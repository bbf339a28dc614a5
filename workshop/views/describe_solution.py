"""Our solution beside the student's, definition by definition."""

from collections.abc import Iterable, Iterator

from workshop.course.results import FileDiff, SolutionResult, TwoVersions

from .comparisons import SideBySide, Stretch
from .differences import stretches
from .document import Block, Caution, Code, Diff, Headline, Listing, NextAction, Paragraph
from .harmless import first_lines
from .prose import prose
from .words import with_full_stop

__all__ = ["describe_solution"]

_MAX_DIFF_LINES = 400
_CONTEXT = 3  # lines that both have, shown before and after what differs
_LEGEND = "A line with `-` is yours, a line with `+` is ours, the others are in both."


def describe_solution(result: SolutionResult) -> tuple[Block, ...]:
    """The reason first, since the difference means little without it."""
    which = f"Our solution of step {result.step.number}"
    blocks = tuple(_differences(result))
    differs = any(isinstance(block, Diff) for block in blocks)
    return (
        Headline("neutral", with_full_stop(f"{which}: {result.step.title}")),
        *prose(result.why),
        *((Paragraph(_LEGEND),) if differs else ()),
        *blocks,
        *map(Caution, result.warnings),
        NextAction(result.next_action),
    )


def _differences(result: SolutionResult) -> Iterator[Block]:
    """File by file: the step's definitions, or all of a file of which they are not known."""
    for file in dict.fromkeys([*(d.file for d in result.diffs), *_files(result.definitions)]):
        pairs = [pair for pair in result.definitions if pair.file == file]
        if pairs:
            yield from _describe_pairs(file, pairs)
        else:
            yield from (_describe_diff(diff) for diff in result.diffs if diff.file == file)


def _files(pairs: Iterable[TwoVersions]) -> list[str]:
    return [pair.file for pair in pairs]


def _describe_pairs(file: str, pairs: list[TwoVersions]) -> Iterator[Block]:
    equal = tuple(pair.name for pair in pairs if pair.standing == "equal")
    if len(equal) == len(pairs):
        yield Paragraph(f"`{file}`: yours and ours are equal.")
        return
    yield Paragraph(f"In `{file}`:")
    for pair in pairs:
        if pair.standing != "equal":
            yield from _describe_pair(pair)
    if equal:
        yield Listing("Equal in yours and ours", equal)


def _describe_pair(pair: TwoVersions) -> Iterator[Block]:
    at = f", your line {pair.line}" if pair.line else ""
    name = f"**`{pair.name}`**"
    match pair.standing:
        case "blank":
            yield Paragraph(f"{name}{at}: yours is still blank. Ours:")
            yield Code("\n".join(_bounded(pair.ours)))
        case "missing":
            what = "a helper that only ours has" if pair.helper else "not in your file. Ours"
            yield Paragraph(f"{name}: {what}:")
            yield Code("\n".join(_bounded(pair.ours)))
        case "only yours":
            yield Paragraph(f"{name}{at}: a helper that only yours has:")
            yield Code("\n".join(_bounded(pair.yours)))
        case _:
            yield Paragraph(f"{name}{at}: yours, and ours.")
            found = stretches(_bounded(pair.yours), _bounded(pair.ours))
            yield SideBySide(pair.name, tuple(map(_without_most_of_both, found)))


def _bounded(lines: tuple[str, ...]) -> list[str]:
    return first_lines("\n".join(lines), _MAX_DIFF_LINES).split("\n")


def _without_most_of_both(stretch: Stretch) -> Stretch:
    """Of many lines that are alike, such as a docstring, those next to what differs."""
    lines, left_out = stretch.yours, len(stretch.yours) - 2 * _CONTEXT
    if not stretch.alike or left_out < 3:
        return stretch
    kept = (*lines[:_CONTEXT], f"[{left_out} lines alike left out]", *lines[-_CONTEXT:])
    return Stretch(kept, kept)


def _describe_diff(diff: FileDiff) -> Block:
    if not diff.lines:
        return Paragraph(f"`{diff.file}`: yours and ours are equal.")
    named = (
        diff.lines[0].startswith("--- ")
        and diff.lines[1:2] != ()
        and (diff.lines[1].startswith("+++ "))
    )
    body = "\n".join(line.rstrip("\n") for line in diff.lines[2 if named else 0 :])
    return Diff(diff.file, tuple(first_lines(body, _MAX_DIFF_LINES).split("\n")))
