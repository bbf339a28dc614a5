"""The rehearsal finds what is wrong with a course, and changes nothing.

Each rehearsal takes seconds. So sabotages that cannot hide one another share one.
"""

from pathlib import Path
from typing import Any

import pytest

from workshop.course.audit import record, rehearse
from workshop.course.errors import CourseError
from workshop.course.notebooks import dumps, normalise
from workshop.course.process_runner import ProcessRunner
from workshop.course.results import About, Finding, RehearsalResult
from workshop.course.wrong_answers import Signatures, load_signatures, write_signatures

DARK = "test_a_lamp_is_dark_at_first"
SHINES = "test_a_lamp_that_is_switched_on_shines"
TWICE = "test_a_lamp_that_is_switched_on_twice_shines"

SIGNATURES: Signatures = {
    "switching": {
        "a_toggle": [(TWICE, "AssertionError")],
        "never_on": [(SHINES, "AssertionError"), (TWICE, "AssertionError")],
        "needs_a_bulb": [(DARK, "TypeError"), (SHINES, "TypeError"), (TWICE, "TypeError")],
        "on_from_the_start": [(DARK, "AssertionError")],
        "says_that_it_is_on": [(SHINES, "AssertionError"), (TWICE, "RuntimeError")],
    }
}

NOTEBOOK = "notebooks/01_switching.ipynb"
DEMO = "slides/demos/two_lamps.ipynb"
SIGNATURE_FILE = "solutions/wrong/signatures.json"


def notebook(source: str, output: str) -> dict[str, Any]:
    printed = {"output_type": "stream", "name": "stdout", "text": output}
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [printed]}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def course(one_step: Path) -> Path:
    """A course of one step in which everything is as it should be."""
    source = (
        "from exercises.lamps import Lamp\n\nlamp = Lamp()\nlamp.switch_on()\nprint(lamp.is_on)"
    )
    path = one_step / NOTEBOOK
    path.parent.mkdir()
    path.write_text(dumps(normalise(notebook(source, "True\n"))), encoding="utf-8", newline="\n")
    write_signatures(one_step, SIGNATURES)
    return one_step


def edit(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def rehearsed(root: Path) -> RehearsalResult:
    before = files(root)
    result = rehearse(root, ProcessRunner())
    assert files(root) == before
    return result


def failed(result: RehearsalResult) -> dict[str, Finding]:
    return {finding.name: finding for finding in result.findings if not finding.ok}


def test_a_sound_course_is_proven_in_full(course: Path) -> None:
    result = rehearsed(course)

    assert failed(result) == {}
    assert result.ok
    assert [finding.name for finding in result.findings] == [
        "minutes",
        "minutes of the slides",
        "starters of lamps",
        "step 1 texts",
        "step 1 starter",
        "step 1 solution",
        "step 1 wrong answers",
        NOTEBOOK,
        "working tree",
    ]


def test_a_finding_says_what_it_is_about(course: Path) -> None:
    findings = {finding.name: finding for finding in rehearsed(course).findings}

    assert {name: finding.about for name, finding in findings.items()} == {
        "minutes": About(),
        "minutes of the slides": About(),
        "starters of lamps": About(),
        "step 1 texts": About(aspect="texts", step=1),
        "step 1 starter": About(aspect="starter", step=1),
        "step 1 solution": About(aspect="solution", step=1),
        "step 1 wrong answers": About(aspect="wrong answers", step=1),
        NOTEBOOK: About(aspect="notebook", step=1, file=NOTEBOOK),
        "working tree": About(),
    }
    assert findings["step 1 solution"].count == 3
    assert findings["step 1 wrong answers"].count == 5


def test_a_demo_is_run_and_recorded_like_a_notebook_and_need_not_be_a_deck(course: Path) -> None:
    demo = course / DEMO
    demo.parent.mkdir(parents=True)
    dark = notebook("from exercises.lamps import Lamp\n\nprint(Lamp.__name__)", "Light\n")
    demo.write_text(dumps(normalise(dark)), encoding="utf-8", newline="\n")

    found = failed(rehearsed(course))

    assert set(found) == {DEMO}
    assert found[DEMO].about == About(aspect="demo", file=DEMO)
    assert record(course, ProcessRunner()) == (DEMO,)
    assert rehearsed(course).ok


def test_the_sequel_of_a_step_is_run_with_the_step_solved(course: Path) -> None:
    sequel = "notebooks/02_more_light.ipynb"
    (course / sequel).write_bytes((course / NOTEBOOK).read_bytes())
    edit(course, "exercises/course.toml", 'why = "It', f'sequel = "{sequel}"\nwhy = "It')

    findings = {finding.name: finding for finding in rehearsed(course).findings}

    assert findings[sequel].ok, findings[sequel].detail
    assert findings[sequel].about == About(aspect="notebook", file=sequel)


def test_a_notebook_of_prose_alone_is_proven(course: Path) -> None:
    prose = {"cell_type": "markdown", "metadata": {}, "source": "Only words."}
    content = {"cells": [prose], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = course / NOTEBOOK
    path.write_text(dumps(normalise(content)), encoding="utf-8", newline="\n")
    proven = {finding.name: finding for finding in rehearsed(course).findings}
    assert proven[NOTEBOOK].ok
    assert proven[NOTEBOOK].detail == "it has no code to run"


def test_progress_is_told_until_the_last_proof(course: Path) -> None:
    (course / NOTEBOOK).unlink()
    told: list[tuple[int, int]] = []

    result = rehearse(course, ProcessRunner(), progress=lambda made, of: told.append((made, of)))

    assert told[0] == (0, 7)
    assert told == sorted(told)
    assert len(result.findings) == 8, "the working tree is looked at when the proofs are made"


def test_each_sabotage_is_found_where_it_was_done(course: Path) -> None:
    edit(course, "exercises/lamps/lamp.py", "class Lamp:", "class Lamp")
    edit(course, "exercises/course.toml", "total = 15", "total = 16")
    edit(course, "exercises/course.toml", '"Look at the docstring."', '" "')
    edit(course, SIGNATURE_FILE, "RuntimeError", "ValueError")
    edit(course, NOTEBOOK, "True\\n", "yes\\n")

    found = failed(rehearsed(course))

    assert {name: finding.detail for name, finding in found.items() if name != NOTEBOOK} == {
        "minutes": "full day says 16 minutes, but adds up to 15",
        "starters of lamps": "lamp.py: not what the solutions give",
        "step 1 texts": "it needs 3 hints that say something",
        "step 1 wrong answers": (
            f"says_that_it_is_on does not fail as recorded: "
            f"{TWICE} (RuntimeError), {TWICE} (ValueError)"
        ),
    }
    assert "yes" in found[NOTEBOOK].detail
    assert "True" in found[NOTEBOOK].detail
    assert all(found[name].remedy for name in found if name != "step 1 texts")


def test_a_wrong_solution_is_found_by_the_tests(course: Path) -> None:
    edit(course, "solutions/lamps/lamp.py", "self._level = 100\n", "self._level = 0\n")
    (course / NOTEBOOK).unlink()

    found = failed(rehearsed(course))

    assert set(found) == {"step 1 texts", "step 1 solution", "step 1 wrong answers"}
    assert "a lamp that is switched on shines" in found["step 1 solution"].detail
    assert found["step 1 texts"].detail == f"{NOTEBOOK} is missing"


def test_a_solution_that_python_cannot_read_is_found(course: Path) -> None:
    edit(course, "solutions/lamps/lamp.py", "def switch_on(self)", "def switch_on(self")

    result = rehearsed(course)

    broken = failed(result)
    reasons = {finding.detail for finding in broken.values()}
    assert len(reasons) == 1
    assert "lamp.py is broken: invalid syntax" in reasons.pop()
    assert {"starters of lamps", "step 1 starter", "step 1 solution", NOTEBOOK} <= broken.keys()


def test_a_test_that_a_wrong_answer_or_a_blank_passes_is_found(course: Path) -> None:
    edit(course, "exercises/test_01_switching.py", "assert lamp.is_on is True", "pass")
    edit(course, "exercises/test_01_switching.py", "assert not lamps.Lamp().is_on", "pass")
    (course / NOTEBOOK).unlink()

    found = failed(rehearsed(course))

    assert set(found) == {"step 1 texts", "step 1 starter", "step 1 wrong answers"}
    assert "1 of 3 tests pass" in found["step 1 starter"].detail
    details = found["step 1 wrong answers"].detail
    assert "a_toggle: it passes" in details
    assert "on_from_the_start: it passes" in details
    assert "a_toggle and on_from_the_start fail alike" in details


def test_a_broken_manifest_is_the_one_finding(course: Path) -> None:
    (course / "exercises" / "course.toml").write_text("title = 3\n", encoding="utf-8")

    result = rehearsed(course)

    assert [finding.name for finding in result.findings] == ["manifest"]
    assert not result.ok


def test_recording_writes_what_the_solutions_imply(course: Path) -> None:
    sound = files(course)
    edit(course, "exercises/lamps/lamp.py", "class Lamp:", "class Lamp")
    edit(course, NOTEBOOK, "True\\n", "yes\\n")
    (course / SIGNATURE_FILE).unlink()

    changed = record(course, ProcessRunner())

    assert changed == ("exercises/lamps/lamp.py", NOTEBOOK, SIGNATURE_FILE)
    assert load_signatures(course) == SIGNATURES
    assert files(course) == sound


def test_what_a_step_needs_and_this_machine_lacks_leaves_its_proofs_unproven(course: Path) -> None:
    needs = 'number = 1\nneeds = ["no_such_driver"]\nextra = "drivers"\n'
    edit(course, "exercises/course.toml", "number = 1\n", needs)

    result = rehearsed(course)

    assert result.ok
    assert [finding.name for finding in result.unproven] == [
        "step 1 starter",
        "step 1 solution",
        "step 1 wrong answers",
        NOTEBOOK,
    ]
    for finding in result.unproven:
        assert finding.detail.startswith("Step 1, ")
        assert "needs no_such_driver, which is not installed here" in finding.detail


def test_nothing_is_recorded_without_what_a_step_needs(course: Path) -> None:
    needs = 'number = 1\nneeds = ["no_such_driver"]\nextra = "drivers"\n'
    edit(course, "exercises/course.toml", "number = 1\n", needs)
    before = files(course)

    with pytest.raises(CourseError, match="no_such_driver"):
        record(course, ProcessRunner())

    assert files(course) == before
