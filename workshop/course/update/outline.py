"""The steps and packages of a release, read from a manifest of any age.

`Course` insists on the manifest of its own release. An update reads an older one and a newer one,
so it takes what it needs and passes over the rest.
"""

import re
import tomllib
from dataclasses import dataclass

import msgspec

from workshop.course.errors import CourseError
from workshop.course.results import StepRef

__all__ = ["Outline", "Succession"]


class _Step(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    id: str
    aliases: tuple[str, ...] = ()
    part: str
    title: str
    file: str

    @property
    def slug(self) -> str:
        return f"{self.number:02}_{self.id}"

    @property
    def ref(self) -> StepRef:
        return StepRef(number=self.number, id=self.id, title=self.title)


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    package: str


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """What a release calls its steps, and where students write."""

    parts: tuple[_Part, ...]
    steps: tuple[_Step, ...]

    @classmethod
    def of(cls, manifest: bytes) -> "Outline":
        """Read it from the text of `exercises/course.toml`.

        Raises:
            CourseError: The text is no manifest.
        """
        try:
            return msgspec.convert(tomllib.loads(manifest.decode("utf-8")), cls)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise CourseError(
                f"A manifest cannot be read: {error}. Restore exercises/course.toml with "
                f"`git checkout exercises/course.toml`, or take a release that is whole."
            ) from error

    @property
    def packages(self) -> tuple[str, ...]:
        """The folders in `exercises` that students write in."""
        return tuple(part.package for part in self.parts)

    def step(self, number: int | None) -> tuple[StepRef, ...]:
        """The step of this number, if there is one."""
        return tuple(step.ref for step in self.steps if step.number == number)

    def steps_of(self, path: str) -> tuple[StepRef, ...]:
        """The steps that a file belongs to: the one that it is called after, or who write in it."""
        if called := [step.ref for step in self.steps if _slugs(step.slug).search(path)]:
            return tuple(called[:1])
        package = {part.id: part.package for part in self.parts}
        return tuple(
            step.ref
            for step in self.steps
            if path == f"exercises/{package.get(step.part)}/{step.file}"
        )


@dataclass(frozen=True)
class Succession:
    """Which step of an older release is which of a newer one, by ids and aliases."""

    old: Outline
    new: Outline

    @property
    def numbers(self) -> dict[int, int]:
        """The new number of every old step that is still there."""
        return {old.number: new.number for old, new in self._pairs()}

    def origin(self, path: str) -> str:
        """What a file of the newer release was called in the older one."""
        for old, new in self._pairs():
            if _slugs(new.slug).search(path):
                return _slugs(new.slug).sub(old.slug, path)
        return path

    def _pairs(self) -> list[tuple[_Step, _Step]]:
        names = {name: new for new in self.new.steps for name in (new.id, *new.aliases)}
        return [(old, names[old.id]) for old in self.old.steps if old.id in names]


def _slugs(slug: str) -> re.Pattern[str]:
    """Where a path has the slug as a whole: in `test_01_identity.py`, not in `01_identity_card`."""
    return re.compile(rf"(?<![^/_]){re.escape(slug)}(?![^/.])")
