"""What becomes of each file: the newer release's version, the student's, or both side by side."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from workshop.course.definitions import split_lines
from workshop.course.parsing import decode
from workshop.course.update.delivery import MANIFEST, Delivery, Fingerprint, is_merged
from workshop.course.update.merging import Clash, merge
from workshop.course.update.outline import Succession
from workshop.course.update.release import Release
from workshop.course.update.states import Three, three_of
from workshop.course.update.units import UnmergeableError

__all__ = ["Decision", "Reason", "decide"]

Reason: TypeAlias = Literal["both changed", "unknown", "unreadable", "needed"]

_NEEDED = ("solutions/", "workshop/", MANIFEST, "pyproject.toml", "constraints.txt", "uv.lock")
"""What must be of one release, or no check could be believed."""

_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What Python says of a text that is no program, or more than it can take."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What becomes of a file.

    Attributes:
        file: Its path from now on.
        before: What it holds now; `None` if it is not there.
        after: What it will hold; `None` if it will not be there.
        was: Its path until now, if that is another one.
        yours: Whether it stays, in full or in part, as the student wrote it.
        left: Whether it stays though the release no longer has it.
        reason: Why a version is to be put beside it.
        beside: That version.
        clashes: What in it both have changed, by definition.
    """

    file: str
    before: bytes | None
    after: bytes | None
    was: str | None = None
    yours: bool = False
    left: bool = False
    reason: Reason | None = None
    beside: bytes | None = None
    clashes: tuple[Clash, ...] = ()


def decide(
    base: Delivery, release: Release, read: Callable[[str], bytes | None]
) -> Iterator[Decision]:
    """Decide about every file of the older release and of the newer one.

    Args:
        base: What the older release gave.
        release: The newer one.
        read: Gives the bytes of a file of the workspace.
    """
    deciding = _Deciding(base, release, read)
    origins = set()
    for file in release.contents:
        decision = deciding.about(file)
        origins |= {file, decision.was}
        yield decision
    for file in sorted(base.files.keys() - origins):
        if (data := read(file)) is not None:
            yield deciding.about_gone(file, data)


class _Deciding:
    def __init__(
        self, base: Delivery, release: Release, read: Callable[[str], bytes | None]
    ) -> None:
        self._base = base
        self._release = release
        self._read = read
        self._succession = Succession(base.outline, release.delivery.outline)

    def about(self, file: str) -> Decision:
        origin = self._succession.origin(file)
        before, there = self._read(origin), self._read(file)
        moves = origin != file and before is not None and there is None
        # Where something lies at the new path already, no release has put it there.
        known = moves or origin == file or before is None
        own = before if moves else there
        given = self._base.files.get(origin) if known else None
        if own is None:
            return self._about_absent(file, given)
        kept = Decision(file=file, before=own, after=own, was=origin if moves else None)
        if is_merged(file):
            return self._about_module(kept, own, origin if known else None)
        return self._about_whole(kept, own, given)

    def about_gone(self, file: str, own: bytes) -> Decision:
        untouched = Fingerprint.of(file, own).essence == self._base.files[file].essence
        if untouched and not file.startswith(("exercises/", "notebooks/")):
            return Decision(file=file, before=own, after=None)
        return Decision(file=file, before=own, after=own, left=True)

    def _about_absent(self, file: str, given: Fingerprint | None) -> Decision:
        """A file that the student has removed comes back when there is something new in it."""
        new = self._release.contents[file]
        wanted = given != Fingerprint.of(file, new) or file.startswith(_NEEDED)
        return Decision(file=file, before=None, after=new if wanted else None)

    def _about_whole(self, kept: Decision, own: bytes, given: Fingerprint | None) -> Decision:
        new = self._release.contents[kept.file]
        has, will = Fingerprint.of(kept.file, own), Fingerprint.of(kept.file, new)
        if given and has.essence == given.essence:
            return kept if will.data == given.data else replace(kept, after=new)
        if has.essence == will.essence:
            return kept
        if given and given.essence == will.essence:
            return replace(kept, yours=True)
        if not kept.file.startswith(_NEEDED):
            return self._with_ours_beside(kept, new)
        if self._base.complete:
            return replace(kept, after=new, reason="needed", beside=own)
        return replace(kept, after=new)

    def _with_ours_beside(
        self, kept: Decision, new: bytes, reason: Reason | None = None
    ) -> Decision:
        unsaid: Reason = "both changed" if self._base.complete else "unknown"
        return replace(kept, yours=True, reason=reason or unsaid, beside=new)

    def _about_module(self, kept: Decision, own: bytes, origin: str | None) -> Decision:
        new = self._release.contents[kept.file]
        try:
            text, encoding = decode(own)
            three = self._three(kept.file, origin, text)
        except _UNREADABLE:
            blank = self._three(kept.file, origin, "")
            if blank and _same(blank.old, blank.new):
                return replace(kept, yours=True)
            return self._with_ours_beside(kept, new, "unreadable")
        if three is None:
            return kept if _same(text, new.decode()) else self._with_ours_beside(kept, new)
        if _same(three.theirs, three.old):
            return kept if _same(text, three.new) else replace(kept, after=three.new.encode())
        return self._merged(kept, three, encoding)

    def _merged(self, kept: Decision, three: Three, encoding: str) -> Decision:
        new = three.new.encode()
        text, clashes = three.theirs, tuple[Clash, ...]()
        try:
            if not _same(three.old, three.new) and not _same(three.theirs, three.new):
                merged = merge(three.old, three.theirs, three.new)
                text, clashes = merged.text, merged.clashes
            kept = replace(kept, after=text.encode(encoding), yours=True, clashes=clashes)
        except (UnmergeableError, *_UNREADABLE):
            return self._with_ours_beside(kept, new)
        return self._with_ours_beside(kept, new) if clashes else kept

    def _three(self, file: str, origin: str | None, theirs: str) -> Three | None:
        """The versions of a module; `None` where nobody knows what was delivered."""
        solved = f"solutions/{file.removeprefix('exercises/')}"
        solution = self._release.delivery.texts.get(solved)
        old = self._base.texts.get(solved if solution is not None else origin or "")
        if old is None or origin is None:
            return None
        if solution is not None:
            return three_of(old, theirs, solution, self._succession.numbers)
        return Three(old, theirs, self._release.delivery.texts[file])


def _same(text: str, other: str) -> bool:
    """Whether two texts have the same lines, however these end."""
    return split_lines(text) == split_lines(other)
