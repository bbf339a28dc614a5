"""The solution branches of a repository, as a result."""

from dataclasses import dataclass

__all__ = ["BranchesResult", "SolutionBranch"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SolutionBranch:
    """A branch of the student's repository, with a commit for each step of a part.

    Attributes:
        name: Such as `solution/domain-model`.
        part: The part's title.
        outcome: `made`, `unchanged`, `extended` (the earlier commits stay), `replaced` or `kept`
            (as it was, though it is not what the course has now).
        commits: How many commits ours has.
        tip: The id of the commit that the branch is at; `None` if it has none yet.
        before: Where it was, if it was moved.
        reason: Why it was kept, and what to do.
    """

    name: str
    part: str
    outcome: str
    commits: int
    tip: str | None
    before: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BranchesResult:
    """The solution branches; they grow from the commit `base`, and `subject` is its subject."""

    branches: tuple[SolutionBranch, ...]
    base: str
    subject: str
    next_action: str

    @property
    def ok(self) -> bool:
        """Whether every branch is as the course has it."""
        return all(branch.outcome != "kept" for branch in self.branches)
