"""What became of the solution branches."""

from workshop.course.results import BranchesResult, SolutionBranch

from .document import Block, Footnote, Headline, Judged, Labelled, NextAction, Tone
from .words import count

__all__ = ["describe_branches"]

_TONES: dict[str, Tone] = {"kept": "bad", "unchanged": "neutral"}


def describe_branches(result: BranchesResult) -> tuple[Block, ...]:
    """What was done to each branch, and what they grow from."""
    grow = f"They grow from commit {_short(result.base)}: {result.subject}"
    return (
        _headline(result),
        *(block for branch in result.branches for block in _branch(branch)),
        Footnote(grow),
        NextAction(result.next_action),
    )


def _headline(result: BranchesResult) -> Headline:
    outcomes = [branch.outcome for branch in result.branches]
    total = count(len(outcomes), "solution branch", "solution branches")
    if kept := outcomes.count("kept"):
        return Headline("bad", f"{kept} of {total} could not be updated.")
    if set(outcomes) == {"unchanged"}:
        return Headline("good", f"Nothing changed: your repository has {total}, up to date.")
    return Headline("good", f"Your repository has {total}, up to date.")


def _branch(branch: SolutionBranch) -> list[Block]:
    text = f"{branch.name}: {branch.part}, {count(branch.commits, 'commit')}"
    if branch.outcome == "kept":
        text = f"{branch.name}, as it was"
    elif branch.outcome == "extended":
        text += ", those that were there among them"
    elif branch.outcome == "replaced" and branch.before:
        text += f", all of them new; it was at {_short(branch.before)}"
    blocks: list[Block] = [Judged(_TONES.get(branch.outcome, "good"), branch.outcome, f"{text}.")]
    if branch.reason:
        blocks.append(Labelled("Why", branch.reason))
    return blocks


def _short(commit: str) -> str:
    return commit[:8]
