"""Answers that the catalogue does not have, and how each fails."""

import hashlib
import json
import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import msgspec
from mutants import mutants

from workshop.course.blanks import package_state
from workshop.course.checking import Checked, Signature
from workshop.course.manifest import Course, Step
from workshop.course.process_runner import ProcessRunner
from workshop.course.results import Failed, TimedOut
from workshop.course.temporary import Stage
from workshop.course.transplant import replaced_by, transplant
from workshop.course.wrong_answers import of_step

__all__ = ["Outcome", "Trial", "trials_of", "try_all"]


@dataclass(frozen=True, slots=True)
class Trial:
    """An answer to try.

    Attributes:
        step: The step that it answers.
        kind: `variant` or `pair`.
        made_of: The key of the definition that a variant changes; the names of a pair's mistakes.
        change: What a variant changes, in one line.
        package: The student's files.
    """

    step: Step
    kind: str
    made_of: frozenset[str]
    change: str
    package: Mapping[str, str]


class Outcome(msgspec.Struct, frozen=True):
    """How an answer failed; `seen` is empty where it passed or could not be judged."""

    seen: frozenset[tuple[str, str]]
    blanks: frozenset[str]
    first: str | None

    @classmethod
    def of(cls, checked: Checked) -> "Outcome":
        """Keep what a diagnosis is made from."""
        seen: Signature = frozenset()
        first = None
        if isinstance(checked.verdict, Failed | TimedOut):
            seen = checked.signature
        if isinstance(checked.verdict, Failed):
            first = checked.verdict.failure.test.partition("::")[2]
        return cls(seen, checked.blanks, first)


def trials_of(
    root: Path, course: Course, step: Step, *, seed: int, variants: int, pairs: int
) -> Iterator[Trial]:
    """A sample of one step's answers: as many as asked for, or all there are."""
    chance = random.Random(f"{seed}-{step.id}")
    state = package_state(root / "solutions" / course.part_of(step).package, step.number + 1)
    slips = [(file, slip) for file, text in state.items() for slip in mutants(text, step.number)]
    chance.shuffle(slips)
    for file, slip in slips[:variants]:
        made_of = frozenset([slip.definition])
        yield Trial(step, "variant", made_of, slip.change, state | {file: slip.text})
    two = [
        (one, other)
        for one, other in combinations(of_step(root, step), 2)
        if replaced_by(one.source).isdisjoint(replaced_by(other.source))
    ]
    chance.shuffle(two)
    for one, other in two[:pairs]:
        both = transplant(transplant(state, one.source), other.source)
        names = frozenset([one.mistake.name, other.mistake.name])
        yield Trial(step, "pair", names, " + ".join(sorted(names)), both)


def try_all(
    root: Path, course: Course, trials: Iterable[Trial], cache: Path | None
) -> Iterator[tuple[Trial, Outcome]]:
    """Run each answer's tests, unless the cache knows how it fails."""
    kept: dict[str, Outcome] = {}
    if cache is not None and cache.exists():
        kept = msgspec.json.decode(cache.read_bytes(), type=dict[str, Outcome])
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(root, course, ProcessRunner(), Path(folder).resolve())
        for trial in trials:
            key = _key(root, trial)
            if key not in kept:
                kept[key] = Outcome.of(_try(stage, trial))
                if cache is not None:
                    cache.write_bytes(msgspec.json.encode(kept, order="sorted"))
            yield trial, kept[key]


def _try(stage: Stage, trial: Trial) -> Checked:
    (checked,) = stage.try_answers(trial.step, [trial.package])
    return checked


def _key(root: Path, trial: Trial) -> str:
    tests = (root / trial.step.test_file).read_text(encoding="utf-8")
    told = json.dumps([tests, dict(trial.package)], sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()
