"""A failure that the catalogue does not have, what is said of it, and whether that is right."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trials import Outcome, Trial

from workshop.course.checking import Signature
from workshop.course.clues import places
from workshop.course.diagnosis import Diagnosis, diagnose
from workshop.course.manifest import Course, Step
from workshop.course.transplant import replaced_by
from workshop.course.wrong_answers import load_signatures, of_step

__all__ = ["Case", "Catalogue", "left_out", "tried"]


@dataclass(frozen=True)
class Catalogue:
    """One step's wrong answers: what each changes, how each fails, what each says."""

    step: Step
    changed: Mapping[str, frozenset[str]]
    places: Mapping[str, frozenset[str]]
    known: Mapping[str, Signature]
    said: Mapping[str, str]

    @classmethod
    def of(cls, root: Path, course: Course, step: Step) -> "Catalogue":
        recorded = load_signatures(root)[step.id]
        answers = of_step(root, step)
        return cls(
            step,
            {wrong.mistake.name: replaced_by(wrong.source) for wrong in answers},
            places(root, course, step),
            {name: frozenset(signature) for name, signature in recorded.items()},
            {wrong.mistake.name: wrong.mistake.sentence for wrong in answers},
        )

    def without(self, name: str) -> Mapping[str, Signature]:
        return {other: signature for other, signature in self.known.items() if other != name}

    def changing(self, definitions: frozenset[str]) -> frozenset[str]:
        return frozenset(name for name in self.changed if self.changed[name] & definitions)

    def alike(self, name: str, seen: Signature) -> bool:
        one, other = ({test for test, _ in each} for each in (self.known[name], seen))
        return one <= other or other <= one


@dataclass(frozen=True)
class Case:
    """A failure, what was said of it, and what would be right.

    Attributes:
        names: The wrong answers that count as right.
        definitions: Where the mistake is, by key.
    """

    catalogue: Catalogue
    kind: str
    change: str
    seen: Signature
    diagnosis: Diagnosis
    names: frozenset[str]
    definitions: frozenset[str]

    @property
    def place(self) -> str | None:
        return None if self.diagnosis.name else self.diagnosis.place(self.catalogue.places)

    @property
    def is_right(self) -> bool:
        if self.diagnosis.name is not None:
            return self.diagnosis.name in self.names
        return any(self.place == key.removesuffix(".setter") for key in self.definitions)

    @property
    def counts(self) -> Counter[str]:
        name = self.diagnosis.name
        counted = ["cases"]
        if name is not None:
            counted.append("certain" if self.diagnosis.certain else "likely")
            counted.append("right" if self.is_right else "wrong")
            if self.is_right and self.catalogue.alike(name, self.seen):
                counted.append("alike")
        else:
            counted.append("not sure")
            if self.place is not None:
                counted.append("placed" if self.is_right else "misplaced")
        return Counter(counted)

    @property
    def by_chance(self) -> float:
        return len(self.names) / max(1, len(self.catalogue.known) - (self.kind == "left out"))


def left_out(catalogue: Catalogue) -> Iterator[Case]:
    for name, seen in catalogue.known.items():
        definitions = catalogue.changed[name]
        diagnosis = diagnose(seen, catalogue.without(name))
        right = catalogue.changing(definitions) - {name}
        yield Case(catalogue, "left out", name, seen, diagnosis, right, definitions)


def tried(catalogue: Catalogue, trial: Trial, outcome: Outcome) -> Case:
    diagnosis = diagnose(outcome.seen, catalogue.known, outcome.blanks, outcome.first)
    names, definitions = catalogue.changing(trial.made_of), trial.made_of
    if trial.kind == "pair":
        names = trial.made_of
        definitions = frozenset().union(*(catalogue.changed[name] for name in names))
    return Case(catalogue, trial.kind, trial.change, outcome.seen, diagnosis, names, definitions)
