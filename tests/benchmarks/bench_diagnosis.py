"""How often a failure is named, and how often wrongly, where the catalogue does not have it.

    python tests/benchmarks/bench_diagnosis.py [--json FILE] [--cache FILE] [--seed N] [--show]

Three questions, for each step and in total:

- left out: each wrong answer is diagnosed by a catalogue without it. No name can be fully right
  then. One counts as right if it is a sibling: a wrong answer that changes a definition that the
  one left out changes too, so that the student is sent to the right place.
- variant: small slips in the solution that fail the step's tests, a sample. A name counts as right
  if its wrong answer changes the definition with the slip. This stands for what cannot be
  computed: it says that the student looks in the right place, and not that the sentence is true
  word for word. On the other hand a true sentence counts as wrong if the slip is in a neighbour.
  `alike` are the right ones that also fail alike: the tests that fail here include those of the
  wrong answer, or the other way round.
- pair: two wrong answers at once that change different definitions, a sample. A name counts as
  right if it is one of the two.

Where there is no name, but a place, `placed` are those that name the definition of the slip, of
the wrong answer left out, or of one of the two, and `misplaced` the others.

`by chance` is how often a wrong answer of the step picked at random would count as right.

It takes three to five minutes on a machine that does nothing else. A step that needs more than
everybody has installed is left out of the samples: each of its runs starts a database server. With
`--cache` what was tried before is not tried again. `--show` prints the cases that got a name, to be
judged by eye.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from cases import Case, Catalogue, left_out, tried
from trials import trials_of, try_all

from workshop.course.manifest import Course

VARIANTS = 16
PAIRS = 5
KINDS = ("left out", "variant", "pair")
COUNTED = (
    "cases",
    "certain",
    "likely",
    "not sure",
    "right",
    "alike",
    "wrong",
    "placed",
    "misplaced",
)


def all_cases(root: Path, seed: int, cache: Path | None) -> Iterator[Case]:
    course = Course.load(root / "exercises" / "course.toml")
    for step in course.steps:
        catalogue = Catalogue.of(root, course, step)
        yield from left_out(catalogue)
        if step.needs:
            continue
        trials = trials_of(root, course, step, seed=seed, variants=VARIANTS, pairs=PAIRS)
        for trial, outcome in try_all(root, course, trials, cache):
            if outcome.seen:
                yield tried(catalogue, trial, outcome)


def table(found: Sequence[Case]) -> dict[str, dict[str, dict[str, float]]]:
    """By kind, then by step and in total: the counts, and what chance would give."""
    rows: dict[str, dict[str, dict[str, float]]] = {kind: {} for kind in KINDS}
    for kind in KINDS:
        of_kind = [case for case in found if case.kind == kind]
        steps = dict.fromkeys(case.catalogue.step.slug for case in of_kind)
        for row in (*steps, "total"):
            here = [c for c in of_kind if row in ("total", c.catalogue.step.slug)]
            counts = sum((case.counts for case in here), Counter[str]())
            chance = sum(case.by_chance for case in here) / max(1, len(here))
            rows[kind][row] = {**{c: counts[c] for c in COUNTED}, "by chance": round(chance, 3)}
    return rows


def print_table(rows: dict[str, dict[str, dict[str, float]]]) -> None:
    for kind, steps in rows.items():
        print(f"\n{kind:<24}" + "".join(f"{name:>10}" for name in (*COUNTED, "by chance")))
        for step, row in steps.items():
            counted = "".join(f"{row[name]:>10.0f}" for name in COUNTED)
            print(f"{step:<24}{counted}{row['by chance']:>10.0%}")
        total = steps["total"]
        shares = (f"{total[name] / max(1, total['cases']):>10.1%}" for name in COUNTED)
        print(" " * 24 + "".join(shares))


def show(case: Case) -> None:
    """What was said of one case, to be judged by eye."""
    name = case.diagnosis.name
    if name is None and case.place is None:
        return
    sure = "certain" if case.diagnosis.certain else "likely" if name else "place"
    verdict = "right" if case.is_right else "WRONG"
    print(f"{case.catalogue.step.number:>3} {case.kind}, {sure}, {verdict}: {case.change}")
    print(f"      {case.catalogue.said[name] if name else case.place}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", type=Path, help="write the table into this file, too")
    parser.add_argument("--cache", type=Path, help="keep how the answers fail in this file")
    parser.add_argument("--seed", type=int, default=2015, help="which sample is drawn")
    parser.add_argument("--show", action="store_true", help="print each case that got a name")
    options = parser.parse_args()
    found = list(all_cases(Path(__file__).parents[2], options.seed, options.cache))
    if options.show:
        for case in found:
            show(case)
    rows = table(found)
    print_table(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
