"""Hints, and changes to the student's files."""

from workshop.course.results import ChangeResult, HintResult

from .describe_update import in_short
from .document import Block, Caution, Headline, Labelled, Listing, NextAction
from .prose import prose
from .words import with_full_stop

__all__ = ["describe_change", "describe_hint"]


def describe_hint(result: HintResult) -> tuple[Block, ...]:
    """One hint."""
    which = f"Hint {result.number} of {result.total} for step {result.step.number}"
    return (
        Headline("neutral", with_full_stop(f"{which}: {result.step.title}")),
        *prose(result.text),
        *map(Caution, result.warnings),
        NextAction(result.next_action),
    )


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
