"""What a newer release brought into the workspace."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath

from workshop.course.results import UpdateResult

from .document import Block, Caution, Headline, Labelled, Listing, NextAction
from .words import count

__all__ = ["describe_update", "in_short"]

_MAX_FILES = 8
"""Of one folder; more are counted, since nobody reads on."""


def describe_update(result: UpdateResult) -> tuple[Block, ...]:
    """What both have changed comes last, where a terminal shows it."""
    moves = tuple(
        f"{move.before} is now {PurePosixPath(move.after).name}"
        for move in result.moved
        if not move.before.startswith("solutions/")  # nobody opens them
    )
    lists = (
        ("Updated", in_short(result.updated)),
        ("Added", in_short(result.added)),
        ("Removed", in_short(result.removed)),
        ("Renamed", moves),
        ("No longer in the course, and left to you", in_short(result.left)),
        ("Yours, and kept", result.yours),
    )
    backup = "`{}` keeps what was there before."
    return (
        _headline(result),
        *(Listing(label, items) for label, items in lists if items and result.changes),
        *(Labelled("Both changed", conflict.sentence) for conflict in result.conflicts),
        *((Labelled("Backup", backup.format(result.backup)),) if result.backup else ()),
        *map(Caution, result.warnings),
        NextAction(result.next_action),
    )


def _headline(result: UpdateResult) -> Headline:
    if not result.changes and not result.conflicts:
        return Headline("good", "Nothing to update: you have all that this release brings.")
    verb = "would change" if result.dry_run else "changed"
    said = f"The update {verb} {count(result.changes, 'file')}"
    if result.conflicts:
        places = count(len(result.conflicts), "place")
        return Headline("active", f"{said}. At {places} you had changed something too.")
    return Headline("good", f"{said}, and nothing of yours stood in its way.")


def in_short(files: Iterable[str]) -> tuple[str, ...]:
    """The files, or how many of them, where a folder has more than anybody would read."""
    return tuple(_by_folder(files))


def _by_folder(files: Iterable[str]) -> Iterator[str]:
    for folder, group in groupby(sorted(files), key=lambda file: file.partition("/")[0]):
        names = list(group)
        if len(names) > _MAX_FILES:
            yield f"{folder}/: {count(len(names), 'file')}"
        else:
            yield from names
