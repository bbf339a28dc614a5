"""Whatever a student did, and whatever the release did: nothing of the student's is lost."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.course.workspace import Workspace

if TYPE_CHECKING:
    from tests.course.update.conftest import Student

CHANGES = ("rename", "add", "remove", "task", "scaffold", "tests", "notebooks", "files", "solution")

FILES = (
    *("exercises/lamps/lamp.py",) * 6,  # where a student writes most
    "exercises/lamps/__init__.py",
    "exercises/tallies/tally.py",
    "exercises/test_02_dimming.py",
    "exercises/conftest.py",
    "exercises/course.toml",
    "exercises/mine.py",
    "notebooks/02_dimming.ipynb",
    "notebooks/02_fading.ipynb",
    "notebooks/03_counting.ipynb",
    "solutions/lamps/lamp.py",
    "solutions/wrong/03_counting/a_mistake.py",
    "slides/old.svg",
    "README.md",
)

# What is put in, with a mark by which it is found again.
LINES = (
    "# {}",
    "    # {}",
    "        return 3  # {}",
    "def own():  # {}",
    "    def level(self):  # {}\n        return 4",
    "\n\ndef own() -> str:\n    return '{}'\n\n",
    "class Lamp:  # {}\n    pass",
    "from .levels import FULL  # {}",
    "x = '{}'; y = 1",
    "\x0c# {}",
    "(((  # {}",
)

EDIT = st.tuples(
    st.sampled_from(FILES),
    st.sampled_from(["fill", "fill", "insert", "replace", "delete a line", "CRLF", "remove"]),
    st.integers(0, 60),
    st.sampled_from(LINES),
)


def edit(student: "Student", mark: str, file: str, how: str, place: int, line: str) -> None:
    """Do what a student might do to a file, or to one of their own."""
    if how == "remove":
        (student.root / file).unlink(missing_ok=True)
        return
    old = student.read(file) if student.has(file) else ""
    lines = old.splitlines(keepends=True)
    place %= len(lines) + 1
    if how == "fill":
        blanks = [n for n, text in enumerate(lines) if "raise NotImplementedError" in text]
        if blanks:
            place = blanks[place % len(blanks)]
            lines[place] = f"        return '{mark}'\n"
    elif how == "CRLF":
        lines = [text.replace("\r\n", "\n").replace("\n", "\r\n") for text in lines]
    else:
        new = [] if how == "delete a line" else [line.format(mark) + "\n"]
        lines[place : place + (how != "insert")] = new
    student.write(file, "".join(lines))


def parses(data: bytes | None) -> bool:
    try:
        ast.parse(data or b"")
    except (SyntaxError, ValueError):
        return False
    return True


@settings(max_examples=40)
@given(edits=st.lists(EDIT, max_size=8), changes=st.sets(st.sampled_from(CHANGES), min_size=2))
def test_nothing_that_a_student_wrote_is_ever_lost(
    enrol: Callable[[], "Student"], edits: list[tuple[str, str, int, str]], changes: set[str]
) -> None:
    student = enrol()
    for number, (file, how, place, line) in enumerate(edits):
        edit(student, f"mark {number}.", file, how, place, line)
    before, folders = student.files(), student.folders()

    result = student.update(*changes)

    after = student.files()
    backed_up = student.root / (result.backup or "nothing") / "files"
    for file, data in before.items():
        assert after.get(file) == data or (backed_up / file).read_bytes() == data, file
    every = b"\n".join(after.values())
    for number in range(len(edits)):
        mark = f"mark {number}.".encode()
        assert mark in every or mark not in b"\n".join(before.values()), mark
    moved = {move.before: move.after for move in result.moved}
    for file, data in before.items():
        if file.endswith(".py") and parses(data):
            assert parses(after.get(moved.get(file, file))), file

    again = student.update(*changes)
    assert (again.changes, again.conflicts) == (0, ())
    assert student.files() == after

    if result.backup:
        Workspace(student.root).undo()  # a student may have spoilt the manifest
    assert student.files() == before
    assert student.folders() == folders
