"""`workshop update`: what becomes of each kind of file, and of a student's progress."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workshop.course.errors import CourseError
from workshop.course.results import FileMove
from workshop.course.update import update

if TYPE_CHECKING:
    from tests.course.update.conftest import Student

LAMP = "exercises/lamps/lamp.py"
TEST = "exercises/test_02_dimming.py"
NOTEBOOK = "notebooks/02_dimming.ipynb"
BLANK = '        raise NotImplementedError("step 2: Lamp.dim")\n'
MINE = "        self._level -= 1  # mine\n"
EVERYTHING = ("rename", "add", "remove", "task", "scaffold", "tests", "notebooks", "files")


def say(notebook: str, words: str) -> str:
    """The notebook with other words in its first cell."""
    assert "# About" in notebook
    return notebook.replace("# About", words)


# A workspace in which nobody has written


def test_an_untouched_workspace_becomes_the_new_release(student: "Student") -> None:
    newer = student.release("add", "rename", "task", "scaffold", "tests", "notebooks", "files")

    result = student.update("add", "rename", "task", "scaffold", "tests", "notebooks", "files")

    wanted = {f.relative_to(newer).as_posix() for f in newer.rglob("*") if f.is_file()}
    assert student.files() == {file: (newer / file).read_bytes() for file in wanted}
    assert result.conflicts == ()
    assert result.yours == ()
    assert result.removed == ("slides/old.svg",)
    assert FileMove(before=TEST, after="exercises/test_03_fading.py") in result.moved


def test_run_again_it_has_nothing_to_do(student: "Student") -> None:
    student.edit(LAMP, BLANK, MINE)
    student.update(*EVERYTHING)
    before = student.files()

    result = student.update(*EVERYTHING)

    assert (result.changes, result.conflicts, result.backup) == (0, (), None)
    assert student.files() == before


def test_one_release_after_another_is_told_from_what_the_student_did(student: "Student") -> None:
    student.edit(LAMP, BLANK, MINE)
    student.update("scaffold")

    result = student.update("scaffold", "add", "notebooks")

    assert result.conflicts == ()
    assert "def paint" in student.read(LAMP)
    assert MINE in student.read(LAMP)


# What a student writes in


def test_what_a_student_wrote_stays_and_the_rest_becomes_new(student: "Student") -> None:
    student.edit(LAMP, BLANK, MINE)

    result = student.update("add", "scaffold")

    text = student.read(LAMP)
    assert MINE in text
    assert 'return "<a lamp>"' in text
    assert "    def paint(self, colour: str) -> None:  # step 2\n" in text
    assert "    def dim(self) -> None:  # step 3\n" in text
    assert result.conflicts == ()
    assert LAMP in result.updated
    assert result.yours == (LAMP,)


def test_what_both_have_changed_is_named_by_its_step(student: "Student") -> None:
    student.edit(LAMP, BLANK, MINE)

    result = student.update("task", "scaffold", "rename")

    (conflict,) = result.conflicts
    assert [(step.number, step.id) for step in conflict.steps] == [(2, "fading")]
    assert conflict.names == ("Lamp.dim",)
    assert conflict.sentence == (
        "In step 2, `Lamp.dim` is yours, and the new release has changed it too: yours stays in "
        "`exercises/lamps/lamp.py`, and ours is in `exercises/lamps/lamp.py.new`."
    )
    assert MINE in student.read(LAMP)
    assert '"""Shine, but less."""' in student.read(f"{LAMP}.new")


def test_a_solution_that_was_caught_up_with_becomes_the_new_one(student: "Student") -> None:
    session = student.session()
    session.catch_up(2)
    session.close()
    student.edit(LAMP, "    def switch_on", "    # my note\n    def switch_on")

    student.update("solution", "add")

    text = student.read(LAMP)
    assert "self._level = FULL  # 100\n" in text
    assert "# my note\n" in text
    assert 'raise NotImplementedError("step 2: Lamp.paint")' in text


def test_a_file_that_python_cannot_read_stays_as_it_is(student: "Student") -> None:
    student.edit(LAMP, BLANK, "        def (\n")
    before = student.read(LAMP)

    result = student.update("task")

    assert student.read(LAMP) == before
    assert result.conflicts[0].sentence == (
        "In steps 1 and 2, Python cannot read your `exercises/lamps/lamp.py`, so nothing was "
        "merged: yours stays, and ours is in `exercises/lamps/lamp.py.new`."
    )


def test_a_file_that_python_cannot_read_is_no_conflict_if_the_release_left_it_alone(
    student: "Student",
) -> None:
    student.edit(LAMP, BLANK, "        def (\n")

    assert student.update("tests").conflicts == ()


def test_the_encoding_and_the_line_ends_of_a_student_stay(student: "Student") -> None:
    text = "# coding: latin-1\n# café\n" + student.read(LAMP).replace(BLANK, MINE)
    (student.root / LAMP).write_bytes(text.replace("\n", "\r\n").encode("latin-1"))

    student.update("scaffold")

    data = (student.root / LAMP).read_bytes()
    assert b"# caf\xe9\r\n" in data
    assert b'return "<a lamp>"\r\n' in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_test_of_the_students_own_stays_in_the_file_of_the_step(student: "Student") -> None:
    student.write(TEST, student.read(TEST) + "\n\ndef test_mine(lamps):\n    assert lamps\n")

    student.update("tests", "rename")

    text = student.read("exercises/test_02_fading.py")
    assert "def test_mine(lamps):" in text
    assert "def test_it_works_twice(lamps):" in text
    assert not student.has(TEST)


# Notebooks


def test_a_notebook_that_was_only_run_becomes_the_new_one(student: "Student") -> None:
    student.edit(NOTEBOOK, '"outputs": []', '"outputs": [{"output_type": "stream"}]')

    result = student.update("notebooks")

    assert "Reworded." in student.read(NOTEBOOK)
    assert NOTEBOOK in result.updated


def test_a_notebook_that_the_release_left_alone_keeps_its_outputs(student: "Student") -> None:
    student.edit(NOTEBOOK, '"outputs": []', '"outputs": [{"output_type": "stream"}]')
    before = student.read(NOTEBOOK)

    student.update("task")

    assert student.read(NOTEBOOK) == before


def test_a_notebook_with_notes_stays_and_the_new_one_is_beside_it(student: "Student") -> None:
    mine = say(student.read(NOTEBOOK), "# My thoughts about")
    student.write(NOTEBOOK, mine)

    result = student.update("notebooks", "rename")

    assert student.read("notebooks/02_fading.ipynb") == mine
    assert not student.has(NOTEBOOK)
    assert "Reworded." in student.read("notebooks/02_fading.new.ipynb")
    assert result.beside == ("notebooks/02_fading.new.ipynb",)
    assert result.conflicts[0].sentence.startswith(
        "In step 2, you have changed `notebooks/02_fading.ipynb`, and so has the new release"
    )


def test_what_lies_beside_already_is_never_overwritten(student: "Student") -> None:
    student.write(NOTEBOOK, say(student.read(NOTEBOOK), "# My thoughts about"))
    student.write("notebooks/02_dimming.new.ipynb", "mine too")

    result = student.update("notebooks")

    assert student.read("notebooks/02_dimming.new.ipynb") == "mine too"
    assert result.beside == ("notebooks/02_dimming.new-2.ipynb",)


# Everything else


def test_the_manifest_has_to_be_new_and_the_students_is_put_beside(student: "Student") -> None:
    manifest = student.read("exercises/course.toml")
    mine = manifest.replace('hints = ["Think."]', 'hints = ["Think again."]')
    student.write("exercises/course.toml", mine)

    result = student.update("add")

    assert 'id = "colour"' in student.read("exercises/course.toml")
    assert student.read("exercises/course.toml.yours") == mine
    assert "ours is in its place now" in result.conflicts[0].sentence


def test_the_files_of_a_removed_step_stay_and_those_of_the_course_go(student: "Student") -> None:
    result = student.update("remove")

    for file in ("test_03_counting.py", "tallies/tally.py", "tallies/__init__.py"):
        assert student.has(f"exercises/{file}")
        assert f"exercises/{file}" in result.left
    assert student.has("notebooks/03_counting.ipynb")
    assert not student.has("solutions/tallies")
    assert not student.has("solutions/wrong/03_counting")


def test_a_file_of_the_students_own_is_left_alone(student: "Student") -> None:
    student.write("exercises/notes.py", "x = 1\n")
    student.write("thesis.txt", "years")

    student.update(*EVERYTHING)

    assert student.read("exercises/notes.py") == "x = 1\n"
    assert student.read("thesis.txt") == "years"


def test_a_file_of_the_students_own_where_a_new_one_comes_stays(student: "Student") -> None:
    student.write("notebooks/02_colour.ipynb", "my own colours")
    student.write("exercises/test_02_colour.py", "x = 1\n")

    result = student.update("add")

    assert student.read("notebooks/02_colour.ipynb") == "my own colours"
    assert student.read("exercises/test_02_colour.py") == "x = 1\n"
    assert set(result.beside) == {
        "notebooks/02_colour.new.ipynb",
        "exercises/test_02_colour.py.new",
    }


def test_a_file_of_the_students_own_at_the_new_name_of_a_step_stays(student: "Student") -> None:
    student.write("notebooks/02_fading.ipynb", "my own")

    student.update("rename")

    assert student.read("notebooks/02_fading.ipynb") == "my own"
    assert student.has(NOTEBOOK)
    assert student.has("notebooks/02_fading.new.ipynb")


def test_a_notebook_that_the_student_removed_comes_back_only_if_it_is_new(
    student: "Student",
) -> None:
    (student.root / NOTEBOOK).unlink()

    student.update("task")
    assert not student.has(NOTEBOOK)
    student.update("task", "notebooks")
    assert "Reworded." in student.read(NOTEBOOK)


# Undo, dry run, progress


def test_undo_gives_every_byte_and_every_folder_back(student: "Student") -> None:
    student.edit(LAMP, BLANK, MINE)
    student.write(NOTEBOOK, say(student.read(NOTEBOOK), "# Mine about"))
    before, folders = student.files(), student.folders()

    student.update(*EVERYTHING)
    assert student.files() != before
    student.undo()

    assert student.files() == before
    assert student.folders() == folders


def test_after_an_undo_the_update_can_be_had_again(student: "Student") -> None:
    student.edit(LAMP, BLANK, MINE)
    first = student.update(*EVERYTHING)
    after = student.files()
    student.undo()

    second = student.update(*EVERYTHING)

    assert student.files() == after
    assert second.conflicts == first.conflicts


def test_a_dry_run_says_the_same_and_writes_nothing(student: "Student") -> None:
    student.edit(LAMP, BLANK, MINE)
    before = {path: path.stat().st_mtime_ns for path in student.root.rglob("*")}

    dry = student.update(*EVERYTHING, dry_run=True)

    assert {path: path.stat().st_mtime_ns for path in student.root.rglob("*")} == before
    real = student.update(*EVERYTHING)
    for field in ("updated", "added", "removed", "moved", "yours", "left", "conflicts"):
        assert getattr(dry, field) == getattr(real, field), field


def test_progress_is_kept_by_steps_that_have_other_names_and_numbers(student: "Student") -> None:
    student.edit(LAMP, BLANK, MINE)
    student.edit(LAMP, '        raise NotImplementedError("step 1: Lamp.switch_on")\n', MINE)
    session = student.session()
    session.check(1)
    session.hint(2)
    session.check(2)
    session.close()

    student.update("rename", "add", "remove", "tests")

    session = student.session()
    status = {standing.step.id: standing for standing in session.status().steps}
    log = [entry.sentence for entry in session.log().entries]
    checked = type(session.check(1).verdict).__name__
    session.close()
    assert {id_: standing.state for id_, standing in status.items()} == {
        "switching": "passed",
        "colour": "not started",
        "fading": "passed",
    }
    assert status["fading"].hints == 1
    assert log == [
        "passed step 1, About switching",
        "took hint 1 of step 3, About dimming",
        "passed step 3, About dimming",
        "updated the course",
    ]
    assert checked == "Passed"


# What cannot be done


@pytest.mark.parametrize("damage", ["exercises/course.toml", "solutions"])
def test_a_folder_without_a_course_is_refused(student: "Student", damage: str) -> None:
    folder = student.root.parent / "no course"
    (folder / damage).mkdir(parents=True)

    with pytest.raises(CourseError, match=r"has no course in it.*newer clone"):
        update(student.root, folder, clock=lambda: datetime.now(UTC))


def test_a_file_is_refused(student: "Student", tmp_path: Path) -> None:
    wheel = tmp_path / "course.whl"
    wheel.write_bytes(b"PK")

    with pytest.raises(CourseError, match="Unpack it"):
        update(student.root, wheel, clock=lambda: datetime.now(UTC))


def test_a_workspace_is_not_updated_from_itself(student: "Student") -> None:
    with pytest.raises(CourseError, match="from itself"):
        update(student.root, student.root, clock=lambda: datetime.now(UTC))


def test_a_course_for_a_newer_workshop_is_refused_before_anything_is_written(
    student: "Student", tmp_path: Path
) -> None:
    newer = tmp_path / "newer"
    (newer / "exercises").mkdir(parents=True)
    (newer / "solutions").mkdir()
    text = student.read("exercises/course.toml") + 'smell = "of roses"\n'
    (newer / "exercises" / "course.toml").write_text(text, encoding="utf-8")
    before = student.files()

    with pytest.raises(CourseError, match="Install the workshop of that release first"):
        update(student.root, newer, clock=lambda: datetime.now(UTC))

    assert student.files() == before


def test_a_workspace_whose_manifest_is_of_another_time_can_be_updated(student: "Student") -> None:
    student.edit("exercises/course.toml", 'learns = "something"', "colour = 3")

    student.update("add")

    assert 'id = "colour"' in student.read("exercises/course.toml")


def test_a_clone_gets_the_workshop_of_the_release_too(student: "Student", tmp_path: Path) -> None:
    student.write("workshop/__main__.py", "older\n")
    newer = tmp_path / "newer"
    shutil.copytree(student.release("task"), newer)
    with pytest.raises(CourseError, match=r"clone with a workshop of its own.*lacks"):
        update(student.root, newer, clock=lambda: datetime.now(UTC))
    (newer / "workshop").mkdir()
    (newer / "workshop" / "__main__.py").write_text("newer\n", encoding="utf-8")
    (newer / "uv.lock").write_text("pins\n", encoding="utf-8")

    result = update(student.root, newer, clock=lambda: datetime.now(UTC))

    assert student.read("workshop/__main__.py") == "newer\n"
    assert student.read("uv.lock") == "pins\n"
    assert "The workshop itself is new" in result.next_action


def test_a_release_that_somebody_has_worked_in_brings_its_starters(
    student: "Student", tmp_path: Path
) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(student.release("scaffold"), newer)
    (newer / LAMP).write_text("x = 'somebody else'\n", encoding="utf-8")

    update(student.root, newer, clock=lambda: datetime.now(UTC))

    assert BLANK in student.read(LAMP)
    assert "<a lamp>" in student.read(LAMP)


def test_a_folder_in_the_place_of_a_file_changes_nothing(student: "Student") -> None:
    (student.root / NOTEBOOK).unlink()
    (student.root / NOTEBOOK).mkdir()
    before = student.files()

    with pytest.raises(CourseError, match="Nothing was changed"):
        student.update(*EVERYTHING)

    assert student.files() == before
