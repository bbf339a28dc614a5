"""`workshop rehearse` as an author and as an instructor read it."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from rich.console import Console

from workshop.course.results import (
    About,
    Aspect,
    Finding,
    FirstStart,
    ReadinessResult,
    RehearsalResult,
    StepRef,
)
from workshop.rehearsal import prove_readiness
from workshop.views import render_html, render_json, render_plain, render_rich

DECK = "slides/00_opening.ipynb"
STICK = "For students without network: `workshop wheelhouse DIR`, on a stick."

FIRST = FirstStart(seconds=13.4, tool="uv", megabytes=293, wheelhouse=None)
START = Finding(name="first start", ok=True, detail="13 s from the command to the page.")
STEPS = (
    StepRef(number=4, id="persistence_ignorance", title="A repository is a collection"),
    StepRef(number=19, id="beyond_one_machine", title="Beyond one machine"),
)


def of_step(number: int, aspect: Aspect, count: int | None = None) -> Finding:
    about = About(aspect=aspect, step=number)
    return Finding(name=f"step {number} {aspect}", ok=True, detail="", about=about, count=count)


def of_file(file: str, aspect: Aspect, count: int | None = None) -> Finding:
    return Finding(
        name=file, ok=True, detail="", about=About(aspect=aspect, file=file), count=count
    )


PROOFS = (
    Finding(name="minutes", ok=True, detail="full day 360 minutes", about=About()),
    *(of_step(number, "texts") for number in (4, 19)),
    *(of_step(number, "starter") for number in (4, 19)),
    *(of_step(number, "solution", 16) for number in (4, 19)),
    *(of_step(number, "wrong answers", 26) for number in (4, 19)),
    *(of_step(number, "notebook") for number in (4, 19)),
    of_file("notebooks/00_welcome.ipynb", "notebook"),
    of_file(DECK, "deck"),
    of_file("slides/demos/two_writers.ipynb", "demo"),
    of_file(DECK, "page", 512),
)


def page(
    proofs: tuple[Finding, ...] = PROOFS,
    start: Finding = START,
    machine: tuple[Finding, ...] = (Finding(name="system", ok=True, detail="A system, x86_64"),),
) -> ReadinessResult:
    return ReadinessResult(
        machine=machine,
        start=start,
        first_start=FIRST if start.ok else None,
        steps=STEPS,
        rehearsal=RehearsalResult(findings=proofs, seconds=288.2),
        seconds=312.0,
        next_actions=("Read `slides/INSTRUCTOR.md`.", STICK),
    )


def with_changed(name: str, **fields: object) -> tuple[Finding, ...]:
    """The proofs, with one of them as it should not be."""
    return tuple(
        replace(proof, **fields) if proof.name == name else proof  # type: ignore[arg-type]
        for proof in PROOFS
    )


def test_the_page_says_the_verdict_what_it_rests_on_and_what_is_next() -> None:
    assert render_plain(page()) == dedent("""\
        This machine is ready for the workshop.

        This machine

        system: A system, x86_64

        A student's first start

        13 s from the command to the page.

        The course

        Where a line says nothing else, the starter is blank, the solution passes its
        tests, each known mistake is caught and named, and the notebook runs.

        Step 4, persistence ignorance: blank, 16 tests, 26 mistakes, notebook runs.
        Step 19, beyond one machine: blank, 16 tests, 26 mistakes, notebook runs.

        notebooks/00_welcome.ipynb: runs.
        slides/00_opening.ipynb: runs, as HTML 512 kB.
        slides/demos/two_writers.ipynb: runs.

        3 of 3 other proofs hold: minutes, texts, starter files, and that no file was
        changed by this.

        All of it took 5 min 12 s, of which 15 proofs took 4 min 48 s.

        Next: Read `slides/INSTRUCTOR.md`.
        Next: For students without network: `workshop wheelhouse DIR`, on a stick.""")


def test_in_a_terminal_each_step_is_one_line_of_eighty_columns() -> None:
    console = Console(width=80, highlight=False)
    with console.capture() as captured:
        console.print(render_rich(page()))
    lines = [line.rstrip() for line in captured.get().splitlines()]
    assert max(map(len, lines)) <= 80
    assert "   4  persistence ignorance  ✓ blank  ✓ 16 tests  ✓ 26 named  ✓ runs" in lines, (
        captured.get()
    )


def test_what_failed_is_named_in_the_headline_and_told_last_with_its_remedy() -> None:
    proofs = with_changed(
        "step 4 solution", ok=False, detail="fails: it holds\nE   1 != 2", remedy="Mend it."
    )
    start = replace(START, ok=False, detail="It ended after 3 s.\nThe disk is full.")

    answer = render_plain(page(proofs, start))

    headline = "This machine is not ready for the workshop: first start, step 4 solution failed.\n"
    assert answer.replace("\n", " ").startswith(headline.replace("\n", " "))
    assert "Step 4, persistence ignorance: blank, solution failed, 26 mistakes, notebook" in answer
    assert (
        dedent("""\
        failed: first start: It ended after 3 s.
        It said last: The disk is full.
        What helps: Rehearse in a fresh clone. If all is well there, a file of this one
        was changed: `git status` names it.
        failed: step 4 solution: fails: it holds
        It said last: E   1 != 2
        What helps: Mend it.""")
        in answer
    )


def test_a_long_list_of_failures_is_shortened_in_the_headline() -> None:
    proofs = tuple(replace(proof, ok=False) for proof in PROOFS)
    answer = render_plain(page(proofs), width=200)
    assert answer.partition("\n")[0].endswith(
        ": minutes, step 4 texts, step 19 texts, 12 more failed."
    )


def test_what_could_not_be_proven_is_told_with_the_reason_once() -> None:
    lacking: dict[str, object] = {
        "proven": False,
        "detail": "It needs a driver.",
        "remedy": "Fetch.",
    }
    proofs = tuple(
        replace(proof, **lacking)  # type: ignore[arg-type]
        if proof.about and proof.about.step == 19 and proof.about.aspect != "texts"
        else proof
        for proof in PROOFS
    )

    answer = render_plain(page(proofs))

    assert answer.startswith("This machine is ready for the workshop, as far as it can be known")
    assert "Step 19, beyond one machine: starter not proven, solution not proven, wrong" in answer
    assert answer.count("It needs a driver.") == 1
    assert "not proven: It needs a driver. (4 proofs)\nWhat helps: Fetch." in answer


def test_json_has_the_findings_and_what_they_are_about() -> None:
    answer = json.loads(render_json(page()))
    assert (answer["kind"], answer["ok"]) == ("readiness", True)
    assert answer["first_start"]["seconds"] == 13.4
    about = {"aspect": "page", "step": None, "file": DECK}
    assert answer["rehearsal"]["findings"][-1]["about"] == about


def test_html_shows_the_same_table() -> None:
    assert "persistence ignorance" in render_html(page())


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace whose manifest nobody can read, so that its rehearsal takes no time."""
    root = tmp_path / "my wörkshop"
    (root / "exercises").mkdir(parents=True)
    (root / "exercises" / "course.toml").write_text("title = 3\n", encoding="utf-8")
    return root


def test_where_there_is_no_clone_no_first_start_is_known(workspace: Path) -> None:
    result = prove_readiness(workspace)

    assert result.start.ok
    assert not result.start.proven
    assert "is a workspace, not a clone" in result.start.detail
    assert [finding.name for finding in result.rehearsal.findings] == ["manifest"]
    assert not result.ok
    assert result.next_actions == (
        "Mend what failed, then run `workshop rehearse --as instructor` again.",
    )


def test_a_wheelhouse_that_is_none_is_a_failure_with_its_remedy(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_WHEELHOUSE", str(workspace / "nowhere"))

    start = prove_readiness(workspace).start

    assert not start.ok
    assert "WORKSHOP_WHEELHOUSE names" in start.detail
    assert start.remedy == "Set it to the folder of wheels, or unset it."


def test_the_command_tells_what_goes_on_and_answers_with_its_exit_code(workspace: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "workshop", "rehearse", "--as", "instructor", "--json"],
        cwd=workspace,
        env={**os.environ, "PYTHONUTF8": "1", "WORKSHOP_ROOT": str(workspace)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["kind"] == "readiness"
    assert "Trying a student's first start" in done.stderr
    assert "Proving the course, which takes about five minutes … 0 s" in done.stderr
