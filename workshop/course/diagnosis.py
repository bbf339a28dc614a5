"""From how a step fails to the mistake behind it, or to an honest "not sure".

What is known of a mistake is its signature: which tests its wrong answer fails, each with which
exception. A student who fails in exactly that way has made it, as far as tests can tell: that is
certain. Otherwise explanations are compared: each known mistake, and each two of them made at
once. An explanation foretells the failures of its mistakes together. Its likeness to what was
seen, between 0 and 1, is

    the weight of the tests that fail as foretold
    / the weight of all tests that fail, were foretold to fail, or both

A test weighs the more, the fewer of the step's mistakes fail it: what everything breaks says
little, and a failure that no known mistake has says that this one is not known. A test that fails
with another exception than foretold counts half: in somebody else's code, the same cause often
ends in another error. A second mistake has to pay for itself by a better likeness. Where tests met
a blank, too few may be left to tell two mistakes from something else: each is looked at alone.

A mistake is likely if every explanation that is nearly as good as the best one contains it. If
none is, or if even the best one is poor, we are not sure and name nothing: a wrong name costs a
student more than none. What the nearest explanations change may still be in one place, and that
is said then. `tests/benchmarks/bench_diagnosis.py` measures how often all this is right, and the
numbers below were chosen with it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log

from workshop.course.checking import Signature

__all__ = ["Diagnosis", "diagnose"]

_GOOD = 0.7
"""The likeness below which even the best explanation explains nothing."""

_FAINT = 0.3
"""The likeness below which explanations do not even tell the place."""

_NEARLY = 0.1
"""How much worse an explanation is that is still nearly as good as the best."""

_SECOND = 0.1
"""What a second mistake costs: the likeness that it has to add."""

_OTHER_EXCEPTION = 0.5
"""What a test counts for that fails as foretold, but with another exception."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is thought of the failures.

    Attributes:
        name: The wrong answer that is named; `None` means not sure.
        certain: Whether all that it fails was seen to fail, in the same way, and nothing else.
        alone: Whether it explains the failures without a second mistake.
        nearly: The explanations that are nearly as good as the best; none if that one is poor.
    """

    name: str | None
    certain: bool = False
    alone: bool = True
    nearly: tuple[frozenset[str], ...] = ()

    def place(self, changes: Mapping[str, frozenset[str]]) -> str | None:
        """The one definition that all the nearest explanations change.

        Args:
            changes: The definitions that each wrong answer changes.
        """
        places = [frozenset().union(*(changes.get(n, ()) for n in names)) for names in self.nearly]
        common = frozenset.intersection(*places) if places else frozenset()
        return min(common) if len(common) == 1 else None


@dataclass(frozen=True, slots=True)
class _Explanation:
    """One mistake, or two at once."""

    names: frozenset[str]
    likeness: float


def diagnose(
    seen: Signature,
    known: Mapping[str, Signature],
    unknown: frozenset[str] = frozenset(),
    first: str | None = None,
) -> Diagnosis:
    """Find the mistake behind the failures.

    Args:
        seen: How the step failed.
        known: How each known mistake of the step fails.
        unknown: Tests that met a blank: they say nothing, for or against any mistake.
        first: The failing test that the student is shown. Of two mistakes that are both likely,
            the one that fails it is named, so that advice and failure belong together.
    """
    seen = _without(seen, unknown)
    told = {name: left for name in sorted(known) if (left := _without(known[name], unknown))}
    exact = [name for name, signature in told.items() if signature == seen]
    if len(exact) == 1:
        return Diagnosis(exact[0], certain=told[exact[0]] == known[exact[0]])
    weights = _Weights(told)
    explanations = list(_explanations(seen, told, weights, most=1 if unknown else 2))
    best = max(explanations, key=lambda each: each.likeness, default=None)
    if best is None or best.likeness < _FAINT:
        return Diagnosis(None)
    nearly = tuple(e.names for e in explanations if e.likeness > best.likeness - _NEARLY)
    likely = frozenset.intersection(*nearly)
    if best.likeness < _GOOD or not likely:
        return Diagnosis(None, nearly=nearly)
    failing = _tests(seen)

    def explains(name: str) -> tuple[bool, float, str]:
        tests = _tests(told[name])
        return first in tests, weights.of(tests & failing), name

    return Diagnosis(max(likely, key=explains), alone=len(best.names) == 1, nearly=nearly)


class _Weights:
    """How telling each test is."""

    def __init__(self, known: Mapping[str, Signature]) -> None:
        self._known = len(known)
        self._failed_by = Counter(test for signature in known.values() for test, _ in signature)

    def of(self, tests: set[str]) -> float:
        """The weight of tests together: the logarithm of how rare each is."""
        rare = (log((self._known + 1) / (self._failed_by[test] + 0.5)) for test in sorted(tests))
        return sum(rare)


def _explanations(
    seen: Signature, known: Mapping[str, Signature], weights: _Weights, most: int
) -> Iterator[_Explanation]:
    """Each mistake that shares a failure with what was seen and, if `most` is 2, each two."""
    failing = _tests(seen)
    near = [name for name, foretold in known.items() if not failing.isdisjoint(_tests(foretold))]
    for name in near:
        yield _Explanation(frozenset([name]), _likeness(seen, known[name], weights))
    for one, other in combinations(near, 2) if most == 2 else ():
        likeness = _likeness(seen, known[one] | known[other], weights) - _SECOND
        yield _Explanation(frozenset([one, other]), likeness)


def _likeness(seen: Signature, foretold: Signature, weights: _Weights) -> float:
    failing, expected, alike = _tests(seen), _tests(foretold), _tests(seen & foretold)
    otherwise = (failing & expected) - alike
    agreed = weights.of(alike) + _OTHER_EXCEPTION * weights.of(otherwise)
    return agreed / weights.of(failing | expected)


def _tests(signature: Signature) -> set[str]:
    return {test for test, _ in signature}


def _without(signature: Signature, tests: frozenset[str]) -> Signature:
    return frozenset((test, error) for test, error in signature if test not in tests)
