"""Where the course that travels with the workshop lies."""

from pathlib import Path

from workshop.course.errors import CourseError

__all__ = ["content_root"]


def content_root() -> Path:
    """The folder with notebooks, exercises, solutions and slides, as they were shipped.

    An installed wheel carries them; in a clone they are the clone's own.

    Raises:
        CourseError: They are not there.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "_content", package.parent):
        if (root / "exercises" / "course.toml").is_file():
            return root
    raise CourseError(
        f"The course does not lie beside {package}: this installation is not whole. "
        "Install the workshop again."
    )
