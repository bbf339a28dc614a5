"""Where the course that travels with the workshop lies."""

from pathlib import Path

from workshop.course.errors import CourseError

__all__ = ["content_root", "newer_content"]


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


def newer_content(workspace: Path) -> Path:
    """The course that came with this installation, for a workspace made by an earlier one.

    Raises:
        CourseError: The workspace is a clone, and the course at hand is its own.
    """
    found = content_root()
    if found.resolve() == workspace.resolve():
        raise CourseError(
            "This is a clone, and no newer release is at hand. Clone or unpack one into another "
            "folder, and run `workshop update --from FOLDER`: what you wrote stays. `git pull` "
            "is the other way. It stops where you have changed a file, and a merge in git may "
            "leave its marks in your code and in notebooks, which then no longer open."
        )
    return found
