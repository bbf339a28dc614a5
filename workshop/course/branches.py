"""The solution branches in the student's repository: one a part, with a commit for each step.

Only the branches are written. A branch is never moved away from what somebody else committed to
it, nor while it is checked out.
"""

from pathlib import Path

from workshop.course.blanks import package_state
from workshop.course.branch_base import base_of, prefix_of
from workshop.course.commit_message import message_of
from workshop.course.commits import Draft, write_commits
from workshop.course.errors import CourseError
from workshop.course.git import Git
from workshop.course.manifest import Course, Part
from workshop.course.refs import Refs
from workshop.course.results import BranchesResult, SolutionBranch

__all__ = ["update_branches"]

_MOVED = ("made", "extended", "replaced")
BLANK = "The start: every step of this part is blank\n"


def update_branches(root: Path, course: Course, now: Part | None = None) -> BranchesResult:
    """Make the solution branches, or bring them to the course as it is in this workspace.

    Running it again gives the same commits. `now` is the part that the student is in.

    Raises:
        CourseError: There is no git or no repository, nothing is committed, a name is taken, or
            git cannot write.
    """
    git = Git(root)
    prefix = prefix_of(git, root)
    parts = [part for part in course.parts if any(s.part == part.id for s in course.steps)]
    refs = Refs(git, [_name(part) for part in parts])
    first = course.steps[0].number
    starts = [_draft(root, prefix, part, first, BLANK, 0) for part in parts]
    written = write_commits(git, None, starts)  # for what git calls their trees
    blank = {draft.folder: one.tree for draft, one in zip(starts, written, strict=True)}
    base = base_of(git, prefix, blank)
    branches = []
    for part in parts:
        begun = base.trees.get(_folder(prefix, part)) != blank[_folder(prefix, part)]
        drafts = _drafts(root, course, part, prefix, base.time, begun=begun)
        written = write_commits(git, base.commit, drafts)
        branches.append(_decided(refs, part, [one.commit for one in written]))
    refs.move({b.name: (b.before, b.tip) for b in branches if b.tip and b.outcome in _MOVED})
    return BranchesResult(
        branches=tuple(branches),
        base=base.commit,
        subject=base.subject,
        next_action=_next_action(now or parts[0], branches),
    )


def _name(part: Part) -> str:
    return f"solution/{part.id}"


def _folder(prefix: str, part: Part) -> str:
    return f"{prefix}exercises/{part.package}"


def _draft(root: Path, prefix: str, part: Part, step: int, message: str, time: int) -> Draft:
    """The part's package as it is at the start of a step."""
    files = package_state(root / "solutions" / part.package, step)
    if not files:
        raise CourseError(
            f"The solutions are missing: solutions/{part.package} has no Python files. "
            "Restore them with `git checkout -- solutions`."
        )
    return Draft(message=message, time=time, folder=_folder(prefix, part), files=files)


def _drafts(
    root: Path, course: Course, part: Part, prefix: str, time: int, *, begun: bool
) -> list[Draft]:
    """A commit for each step, a minute apart; before them a blank one, if work had begun."""
    steps = [step for step in course.steps if step.part == part.id]
    states = [(course.steps[0].number, BLANK)] if begun else []
    states += [(step.number + 1, message_of(step)) for step in steps]
    return [
        _draft(root, prefix, part, state, message, time + 60 * minute)
        for minute, (state, message) in enumerate(states, start=1)
    ]


def _decided(refs: Refs, part: Part, commits: list[str]) -> SolutionBranch:
    """What becomes of a branch, now that our commits for it are written."""
    name, ours = _name(part), commits[-1]
    before = refs.tip(name)
    reason = "" if before == ours else refs.why_not_move(name)
    if reason:
        outcome = "kept"
    elif before is None:
        outcome = "made"
    elif before == ours:
        outcome = "unchanged"
    else:
        outcome = "extended" if before in commits else "replaced"
    return SolutionBranch(
        name=name,
        part=part.title,
        outcome=outcome,
        commits=len(commits),
        tip=before if reason else ours,
        before=before if outcome in _MOVED else None,
        reason=reason,
    )


def _next_action(now: Part, branches: list[SolutionBranch]) -> str:
    if any(branch.outcome == "kept" for branch in branches):
        return "Do what is said above, then run `workshop branches` again."
    ours = next(branch for branch in branches if branch.name == _name(now))
    return (
        f"`git diff {ours.name} -- exercises/{now.package}` compares yours with ours, "
        f"`git log -p --reverse -{ours.commits} {ours.name}` tells ours step by step."
    )
