"""What was tried, how often, and what held: a row of the table in `docs/FAULTS.md`."""

from typing import NamedTuple

__all__ = ["HEADER", "Tried"]

HEADER = "| fault | store | how often | what came of it | held |\n|---|---|---|---|---|"


class Tried(NamedTuple):
    """A fault and its outcome.

    Attributes:
        fault: What was done.
        store: To which store.
        times: How often.
        outcome: What came of it, with figures.
        wrong: What should not be so, in sentences; none if everything held.
    """

    fault: str
    store: str
    times: str
    outcome: str
    wrong: list[str]

    def __str__(self) -> str:
        """Write the row of the table."""
        return f"| {' | '.join(self[:4])} | {'no' if self.wrong else 'yes'} |"
