"""The rates that notebooks and decks tell are those that docs/benchmarks.json has.

They are few and rounded, so that most days' figures bear them out. Where these no longer do, the
words have to change, and with them the number here.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "benchmarks.json"
TOLERATED = 1.3  # either way: machines and days differ by more than that, and readers know it

NB20 = "notebooks/20_two_offices.ipynb"
A_COMMIT_EACH, TEN_A_COMMIT = ("postgres", "1 per commit"), ("postgres", "10 per commit")


def told(path: str) -> str:
    """The words of a file, without line breaks or what JSON puts between them."""
    return " ".join(re.sub(r'\\n",?\s+"|\\\n', " ", (ROOT / path).read_text("utf-8")).split())


def figures(benchmark: str, name: str) -> list[dict[str, Any]]:
    kept = json.loads(KEPT.read_text("utf-8"))["figures"]
    return [each for each in kept if each["benchmark"] == benchmark and name in each["name"]]


@pytest.mark.parametrize(
    ("path", "words", "number", "benchmark", "name"),
    [
        (NB20, "some five thousand commits a second", 5_000, *A_COMMIT_EACH),
        (NB20, "some twenty-five thousand events", 25_000, *TEN_A_COMMIT),
        (NB20, "ours takes some 20,000", 20_000, "growth", "project at 1,000,000"),
    ],
)
def test_a_rate_that_is_told_is_one_that_was_measured(
    path: str, words: str, number: float, benchmark: str, name: str
) -> None:
    [figure] = figures(benchmark, name)
    measured = 1e6 / figure["value"] if figure["unit"] == "µs" else figure["value"]

    assert words in told(path), f"{path} says it in other words now: put them here"
    assert number / TOLERATED < measured < number * TOLERATED, (
        f"docs/benchmarks.json has {measured:,.0f} a second for {name!r}: say that in {path} "
        f"instead of {words!r}, and here"
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("notebooks/19_beyond_one_machine.ipynb", "half of the commits a second or more were left"),
        ("exercises/course.toml", "half of the commits a second or more were left"),
        ("slides/07_when_not_to.ipynb", "half of the commits or more"),
        ("slides/pictures/one_order.svg", "half or more left"),
    ],
)
def test_what_a_lock_costs_is_told_alike_everywhere_and_as_it_was_measured(
    path: str, words: str
) -> None:
    assert words in told(path), f"{path} says it in other words now: put them here"
    for figure in figures("postgres", "step 19"):  # from the first run that has it
        [left] = [each["ratio"] for each in figure["comparisons"]]
        assert left > 0.5 / TOLERATED, (
            f"docs/benchmarks.json has {left:.2f}: say how much is left in {path}, and here"
        )
