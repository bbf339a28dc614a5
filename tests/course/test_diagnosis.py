"""The measure, with catalogues that one can work out by hand."""

from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workshop.course.checking import Signature
from workshop.course.diagnosis import Diagnosis, diagnose


def failing(tests: str, error: str = "AssertionError") -> Signature:
    """A signature: each letter is a test."""
    return frozenset((test, error) for test in tests)


CATALOGUE = {
    "no_limit": failing("abcd"),
    "no_order": failing("pqrs"),
    "no_message": failing("x"),
    "nothing_works": failing("abcdpqrsxyz"),
}


def named(seen: Signature, catalogue: Mapping[str, Signature] = CATALOGUE) -> str | None:
    return diagnose(seen, catalogue).name


# Certain


@pytest.mark.parametrize("name", CATALOGUE)
def test_who_fails_exactly_like_a_known_mistake_has_made_it(name: str) -> None:
    assert diagnose(CATALOGUE[name], CATALOGUE) == Diagnosis(name, certain=True)


tests = st.sampled_from("abcdefgh")
errors = st.sampled_from(["AssertionError", "TypeError", "Failed"])
signatures = st.dictionaries(tests, errors, min_size=1).map(lambda d: frozenset(d.items()))
catalogues = st.lists(signatures, min_size=1, max_size=8, unique=True).map(
    lambda found: {f"mistake {number}": signature for number, signature in enumerate(found)}
)


@settings(max_examples=40)
@given(catalogues, st.data())
def test_an_exact_signature_is_always_named_and_certain(
    catalogue: dict[str, Signature], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(catalogue)))

    assert diagnose(catalogue[name], catalogue) == Diagnosis(name, certain=True)


@settings(max_examples=40)
@given(catalogues, signatures)
def test_nothing_but_an_exact_signature_is_certain(
    catalogue: dict[str, Signature], seen: Signature
) -> None:
    assume(seen not in catalogue.values())

    assert not diagnose(seen, catalogue).certain


@settings(max_examples=40)
@given(catalogues, signatures, st.data())
def test_the_order_of_the_catalogue_decides_nothing(
    catalogue: dict[str, Signature], seen: Signature, data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(catalogue.items()))))

    assert diagnose(seen, shuffled) == diagnose(seen, catalogue)


def test_two_mistakes_that_fail_alike_are_not_told_apart() -> None:
    assert named(failing("a"), {"one": failing("a"), "other": failing("a")}) is None


# Likely


def test_a_test_that_fails_besides_makes_it_likely() -> None:
    diagnosis = diagnose(failing("abcdp"), CATALOGUE)

    assert (diagnosis.name, diagnosis.certain, diagnosis.alone) == ("no_limit", False, True)


def test_a_test_that_passes_after_all_makes_it_likely() -> None:
    assert named(failing("pqr")) == "no_order"


def test_another_exception_in_one_test_makes_it_likely() -> None:
    assert named(failing("abc") | failing("d", "TypeError")) == "no_limit"


def test_other_exceptions_in_all_tests_are_another_mistake() -> None:
    assert named(failing("abcd", "TypeError")) is None


def test_a_telling_test_counts_more_than_those_that_every_mistake_fails() -> None:
    everything = {f"mistake {n}": failing("abcdef") | failing(str(n)) for n in range(8)}
    catalogue = everything | {"rare": failing("abx")}

    assert named(failing("abcdx"), catalogue) == "rare"


def test_a_failure_that_no_mistake_has_speaks_against_each() -> None:
    assert named(failing("abcd") | failing("123")) is None


# Not sure


def test_half_of_the_failures_are_not_enough() -> None:
    assert named(failing("ab")) is None


def test_between_two_that_are_equally_near_none_is_named() -> None:
    catalogue = {"one": failing("abcdx"), "other": failing("abcdy")}

    diagnosis = diagnose(failing("abcd"), catalogue)

    assert diagnosis.name is None
    assert {frozenset(["one"]), frozenset(["other"])} <= set(diagnosis.nearly)


@pytest.mark.parametrize("seen", [failing(""), failing("?"), failing("?!", "KeyError")])
def test_what_has_nothing_in_common_with_a_known_mistake_is_none(seen: Signature) -> None:
    assert diagnose(seen, CATALOGUE) == Diagnosis(None)


def test_an_empty_catalogue_names_nothing() -> None:
    assert diagnose(failing("abc"), {}) == Diagnosis(None)


# Two mistakes at once


def test_of_two_mistakes_at_once_the_one_that_explains_more_is_named() -> None:
    diagnosis = diagnose(failing("abcdx"), CATALOGUE)

    assert (diagnosis.name, diagnosis.alone) == ("no_limit", False)


@pytest.mark.parametrize(("first", "name"), [("a", "no_limit"), ("r", "no_order")])
def test_of_two_mistakes_at_once_the_one_that_fails_the_shown_test_is_named(
    first: str, name: str
) -> None:
    diagnosis = diagnose(failing("abcdpqrs"), CATALOGUE, first=first)

    assert (diagnosis.name, diagnosis.certain, diagnosis.alone) == (name, False, False)


def test_a_second_mistake_that_explains_little_is_not_assumed() -> None:
    catalogue = {"large": failing("abcdefghijklmnop"), "small": failing("z")}

    diagnosis = diagnose(failing("abcdefghijklmnopz"), catalogue)

    assert (diagnosis.name, diagnosis.alone) == ("large", True)


# Half-finished work


def test_tests_that_met_a_blank_speak_neither_for_nor_against() -> None:
    diagnosis = diagnose(failing("ab"), CATALOGUE, unknown=frozenset("cd"))

    assert (diagnosis.name, diagnosis.certain) == ("no_limit", False)


def test_half_finished_work_is_not_explained_by_two_mistakes_at_once() -> None:
    seen = failing("abcdpqrs")
    catalogue = {"one": failing("abcd"), "other": failing("pqrs")}

    assert diagnose(seen, catalogue).name is not None
    assert diagnose(seen, catalogue, unknown=frozenset("z")).name is None


def test_a_mistake_whose_tests_have_all_run_is_certain_whatever_else_is_blank() -> None:
    assert diagnose(failing("x"), CATALOGUE, unknown=frozenset("pq")).certain


def test_two_mistakes_that_differ_in_what_is_blank_are_not_told_apart() -> None:
    catalogue = {"one": failing("ab"), "other": failing("abc")}

    assert diagnose(failing("ab"), catalogue, unknown=frozenset("c")).name is None


# The place


def test_where_no_mistake_is_named_the_place_may_still_be() -> None:
    catalogue = {"one": failing("abcdx"), "other": failing("abcdy"), "far": failing("z")}
    diagnosis = diagnose(failing("abcd"), catalogue)
    advance, schedule = frozenset(["Board.advance"]), frozenset(["Board.schedule"])

    assert diagnosis.place({"one": advance, "other": advance, "far": schedule}) == "Board.advance"
    assert diagnosis.place({"one": advance, "other": schedule}) is None
    assert diagnosis.place({"one": advance | schedule, "other": advance | schedule}) is None
    assert diagnosis.place({"one": advance}) is None
    assert diagnosis.place({}) is None
