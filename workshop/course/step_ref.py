"""A step, as everything that is said about one names it."""

from dataclasses import dataclass

__all__ = ["StepRef"]


@dataclass(frozen=True, kw_only=True, slots=True)
class StepRef:
    """A step, as a result names it."""

    number: int
    id: str
    title: str
