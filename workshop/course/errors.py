"""What a user of the course can get wrong."""

__all__ = ["CourseError"]


class CourseError(Exception):
    """The request cannot be carried out; the message says why and names the remedy."""
