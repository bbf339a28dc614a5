"""What a first start took, in words."""

from workshop.course.results import FirstStart

__all__ = ["told"]


def told(first: FirstStart) -> str:
    """In two sentences, and a third if something is amiss."""
    origin = "with the network and nothing cached"
    if first.wheelhouse is not None:
        origin = "without network"
    said = (
        f"{first.seconds:.0f} s from the command to the page, with {first.tool}, {origin}. "
        f".venv takes {first.megabytes:.0f} MB."
    )
    if first.changed:
        more = f" and {len(first.changed) - 1} more" if len(first.changed) > 1 else ""
        said += f" It changed {first.changed[0]}{more}, which git would show as changed."
    return said
