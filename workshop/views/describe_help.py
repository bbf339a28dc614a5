"""Hints, solutions, and changes to the student's files."""

from workshop.course.results import ChangeResult, FileDiff, HintResult, SolutionResult

from .describe_update import in_short
from .document import Block, Caution, Diff, Headline, Labelled, Listing, NextAction, Paragraph
from .harmless import first_lines
from .prose import prose
from .words import with_full_stop

__all__ = ["describe_change", "describe_hint", "describe_solution"]

_MAX_DIFF_LINES = 400


def describe_hint(result: HintResult) -> tuple[Block, ...]:
    """One hint."""
    which = f"Hint {result.number} of {result.total} for step {result.step.number}"
    return (
        Headline("neutral", with_full_stop(f"{which}: {result.step.title}")),
        *prose(result.text),
        *map(Caution, result.warnings),
        NextAction(result.next_action),
    )


def describe_solution(result: SolutionResult) -> tuple[Block, ...]:
    """The reason first, since the difference means little without it."""
    which = f"Our solution of step {result.step.number}"
    differs = any(diff.lines for diff in result.diffs)
    legend = "A line with `-` is yours, a line with `+` is ours, the others are in both."
    return (
        Headline("neutral", with_full_stop(f"{which}: {result.step.title}")),
        *prose(result.why),
        *((Paragraph(legend),) if differs else ()),
        *map(_describe_diff, result.diffs),
        *map(Caution, result.warnings),
        NextAction(result.next_action),
    )


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


def describe_change(result: ChangeResult) -> tuple[Block, ...]:
    """What was done to which files, and where the earlier ones are."""
    backup = "`{}` keeps what was there before."
    return (
        Headline("good", with_full_stop(result.sentence)),
        *((Listing("Changed", in_short(result.files)),) if result.files else ()),
        *((Labelled("Backup", backup.format(result.backup)),) if result.backup else ()),
        *map(Caution, result.warnings),
        NextAction(result.next_action),
    )
