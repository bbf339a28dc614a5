"""Where something is in the student's files; apart, so that a worker has little to load."""

from dataclasses import dataclass

__all__ = ["Location"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """A line of a file; `file` is relative to the workspace, with forward slashes."""

    file: str
    line: int
    text: str
