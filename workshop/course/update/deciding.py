"""What becomes of each file: the newer release's version, the student's, or both side by side."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
        own, there = self._read(origin), self._read(file)
        was = origin if origin != file and own is not None and there is None else None
        own = own if was else there
        # Where a file of a renamed step lies already, it is no release that has put it there.
        known = was is not None or origin == file or self._read(origin) is None
        given = self._base.files.get(origin) if known else None
        if own is None:
            return self._about_absent(file, given)
        if is_merged(file):
            return self._about_module(file, origin if known else None, own, was)
        return self._about_whole(file, given, own, was)

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

    def _about_whole(
        self, file: str, given: Fingerprint | None, own: bytes, was: str | None
    ) -> Decision:
        new = self._release.contents[file]
        has, will = Fingerprint.of(file, own), Fingerprint.of(file, new)
        if given and has.essence == given.essence:
            after = own if will.data == given.data else new
            return Decision(file=file, before=own, after=after, was=was)
        if has.essence == will.essence:
            return Decision(file=file, before=own, after=own, was=was)
        if given and given.essence == will.essence:
            return Decision(file=file, before=own, after=own, was=was, yours=True)
        if file.startswith(_NEEDED):
            return self._replaced(file, own, new, was)
        return self._kept(file, own, new, was)

    def _replaced(self, file: str, own: bytes, new: bytes, was: str | None) -> Decision:
        """The new one in its place; the student's beside it, if it is known to be theirs."""
        if not self._base.complete:
            return Decision(file=file, before=own, after=new, was=was)
        return Decision(file=file, before=own, after=new, was=was, reason="needed", beside=own)

    def _kept(
        self,
        file: str,
        own: bytes,
        new: bytes,
        was: str | None,
        reason: Reason | None = None,
    ) -> Decision:
        """The student's in its place, and the new one beside it."""
        unsaid: Reason = "both changed" if self._base.complete else "unknown"
        return Decision(
            file=file,
            before=own,
            after=own,
            was=was,
            yours=True,
            reason=reason or unsaid,
            beside=new,
        )

    def _about_module(self, file: str, origin: str | None, own: bytes, was: str | None) -> Decision:
        new = self._release.contents[file]
        try:
            text, encoding = decode(own)
            three = self._three(file, origin, text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            blank = self._three(file, origin, "")
            if blank and _same(blank.old, blank.new):
                return Decision(file=file, before=own, after=own, was=was, yours=True)
            return self._kept(file, own, new, was, "unreadable")
        if three is None:
            if _same(text, new.decode()):
                return Decision(file=file, before=own, after=own, was=was)
            return self._kept(file, own, new, was)
        if _same(three.theirs, three.old):
            after = own if _same(text, three.new) else three.new.encode()
            return Decision(file=file, before=own, after=after, was=was)
        return self._merged(file, own, three, encoding, was)

    def _merged(
        self, file: str, own: bytes, three: Three, encoding: str, was: str | None
    ) -> Decision:
        new = three.new.encode()
        try:
            unchanged = _same(three.old, three.new)
            text, clashes = three.theirs, tuple[Clash, ...]()
            if not unchanged and not _same(three.theirs, three.new):
                merged = merge(three.old, three.theirs, three.new)
                text, clashes = merged.text, merged.clashes
            after = text.encode(encoding)
        except (UnmergeableError, SyntaxError, ValueError, RecursionError, MemoryError):
            return self._kept(file, own, new, was)
        return Decision(
            file=file,
            before=own,
            after=after,
            was=was,
            yours=True,
            reason="both changed" if clashes else None,
            beside=new if clashes else None,
            clashes=clashes,
        )

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
