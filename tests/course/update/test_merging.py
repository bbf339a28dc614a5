"""A module, three-way: what a release changed comes into what a student wrote."""

from textwrap import dedent

import pytest

from workshop.course.update.merging import merge
from workshop.course.update.states import three_of
from workshop.course.update.units import UnmergeableError

OLD = dedent('''\
    """A door."""

    from math import pi

    from .errors import ShutError

    __all__ = ["Door"]

    WIDTH = 80


    class Door:
        """A way in."""

        limit: int = 1

        def __init__(self) -> None:  # step 1
            """Start shut."""
            raise NotImplementedError("step 1: Door.__init__")

        @property
        def is_open(self) -> bool:  # step 2
            """Whether one can go through."""
            raise NotImplementedError("step 2: Door.is_open")

        def knock(self) -> str:
            return "knock"


    def slam(door: Door) -> None:  # step 2
        raise NotImplementedError("step 2: slam")
''')

WRITTEN = OLD.replace(
    '        raise NotImplementedError("step 1: Door.__init__")\n',
    "        self._open = False  # my own\n",
)

NEW_TASK = OLD.replace('"""Whether one can go through."""', '"""Whether it is ajar, or wider."""')


def merged(theirs: str, new: str, old: str = OLD) -> str:
    found = merge(old, theirs, new)
    assert found.clashes == ()
    return found.text


def test_a_blank_that_nobody_filled_becomes_the_new_one() -> None:
    text = merged(WRITTEN, NEW_TASK)

    assert text == NEW_TASK.replace(
        'raise NotImplementedError("step 1: Door.__init__")', "self._open = False  # my own"
    )


def test_what_the_student_wrote_stays_and_is_said_if_its_task_has_changed() -> None:
    new = OLD.replace('"""Start shut."""', '"""Start open."""')

    found = merge(OLD, WRITTEN, new)

    assert found.text == WRITTEN
    assert [(clash.name, clash.step) for clash in found.clashes] == [("Door.__init__", 1)]


def test_a_method_that_is_new_comes_where_the_release_has_it() -> None:
    new = OLD.replace(
        "    def knock(self) -> str:",
        "    # for the deaf\n    def ring(self) -> str:  # step 2\n"
        '        """Make it loud."""\n'
        '        raise NotImplementedError("step 2: Door.ring")\n\n'
        "    def knock(self) -> str:",
    )

    text = merged(WRITTEN, new)

    assert text == new.replace(
        'raise NotImplementedError("step 1: Door.__init__")', "self._open = False  # my own"
    )


def test_a_new_method_is_indented_as_the_students_class_is() -> None:
    new = OLD.replace(
        "    def knock(self) -> str:",
        "    def ring(self) -> None:\n        pass\n\n    def knock(self) -> str:",
    )

    text = merged(WRITTEN.replace("    ", "\t"), new)

    compile(text, "door.py", "exec")
    assert "\n\tdef ring(self) -> None:\n" in text


def test_helpers_and_notes_of_the_student_stay_where_they_are() -> None:
    theirs = WRITTEN.replace(
        "    def knock(self)",
        "    def _mine(self) -> int:\n        return 3\n\n    # my note\n    def knock(self)",
    )
    theirs += "\n\ndef also_mine() -> None:\n    pass\n# the end\n"
    new = NEW_TASK.replace('return "knock"', 'return "knock, knock"')

    text = merged(theirs, new)

    for line in theirs.splitlines():
        if "one can go through" not in line and 'return "knock"' not in line:
            assert line in text.splitlines()
    assert 'return "knock, knock"' in text
    assert "Whether it is ajar" in text


def test_a_definition_with_a_note_inside_is_the_students() -> None:
    theirs = OLD.replace(
        'raise NotImplementedError("step 2: slam")',
        '# first: open it?\n    raise NotImplementedError("step 2: slam")',
    )
    new = OLD.replace("def slam(door: Door) -> None:", "def slam(door: Door, hard: bool) -> None:")

    found = merge(OLD, theirs, new)

    assert found.text == theirs
    assert [clash.name for clash in found.clashes] == ["slam"]


def test_a_change_of_both_that_is_the_same_is_no_conflict() -> None:
    new = OLD.replace("WIDTH = 80", "WIDTH = 90")

    assert merged(WRITTEN.replace("WIDTH = 80", "WIDTH = 90"), new).count("WIDTH = 90") == 1


def test_constants_and_fields_are_merged_by_their_name() -> None:
    theirs = WRITTEN.replace("WIDTH = 80", "WIDTH = 81")
    new = OLD.replace("limit: int = 1", "limit: int = 2\n    colour: str = 'red'")

    text = merged(theirs, new)

    assert "WIDTH = 81" in text
    assert "    limit: int = 2\n    colour: str = 'red'\n" in text


def test_a_constant_that_both_have_changed_is_a_conflict_of_no_step() -> None:
    found = merge(
        OLD, OLD.replace("WIDTH = 80", "WIDTH = 81"), OLD.replace("WIDTH = 80", "WIDTH = 82")
    )

    assert "WIDTH = 81" in found.text
    assert [(clash.name, clash.step) for clash in found.clashes] == [("WIDTH", None)]


def test_what_the_release_imports_is_imported_and_what_the_student_imports_too() -> None:
    theirs = WRITTEN.replace("from math import pi\n", "import sys\nfrom math import pi, tau\n")
    new = OLD.replace(
        "from .errors import ShutError",
        "from .errors import (\n    LockedError,\n    ShutError,\n)",
    )

    text = merged(theirs, new)

    assert "import sys\nfrom math import pi, tau\n" in text
    assert "from .errors import (\n    LockedError,\n    ShutError,\n)\n" in text
    assert "from .errors import ShutError\n" not in text


def test_an_import_that_the_release_dropped_stays_for_who_uses_it() -> None:
    theirs = WRITTEN + "\n\nAREA = pi * 2\n"

    assert "from math import pi\n" in merged(
        theirs, NEW_TASK.replace("from math import pi\n\n", "")
    )


def test_an_import_from_the_future_comes_first() -> None:
    new = NEW_TASK.replace("from math", "from __future__ import annotations\n\nfrom math")

    compile(merged(WRITTEN, new), "door.py", "exec")


def test_a_class_that_is_new_comes_whole() -> None:
    addition = '\n\nclass Window:\n    """Glass."""\n\n    def look(self) -> None:\n        pass\n'

    assert merged(WRITTEN, OLD + addition) == WRITTEN + addition


def test_a_class_line_that_was_changed_on_one_side_is_merged_apart_from_its_members() -> None:
    theirs = WRITTEN.replace("class Door:", "class Door(Barrier):")

    text = merged(theirs, NEW_TASK)

    assert "class Door(Barrier):\n" in text
    assert "ajar" in text


def test_a_blank_that_is_asked_for_no_longer_goes_and_code_that_may_be_used_stays() -> None:
    new = OLD[: OLD.index("\n\ndef slam")]
    without_knock = new.replace('\n    def knock(self) -> str:\n        return "knock"\n', "")

    text = merged(WRITTEN, without_knock)

    assert "slam" not in text
    assert "def knock" in text


def test_what_the_student_removed_does_not_come_back() -> None:
    theirs = WRITTEN.replace('\n    def knock(self) -> str:\n        return "knock"\n', "")

    assert "knock" not in merged(theirs, NEW_TASK)


def test_what_the_student_removed_and_the_release_has_changed_is_said() -> None:
    theirs = WRITTEN.replace('\n    def knock(self) -> str:\n        return "knock"\n', "")

    found = merge(OLD, theirs, OLD.replace('return "knock"', 'return "who?"'))

    assert found.text == theirs
    assert [clash.name for clash in found.clashes] == ["Door.knock"]


def test_of_two_definitions_of_a_name_the_one_that_python_knows_counts() -> None:
    theirs = OLD + '\n\ndef slam(door: Door) -> None:\n    print("bang")\n'
    new = OLD.replace("def slam(door: Door) -> None:", "def slam(door: Door, hard: bool) -> None:")

    found = merge(OLD, theirs, new)

    assert found.text.endswith('print("bang")\n')
    assert [clash.name for clash in found.clashes] == ["slam"]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_stay_what_they_were(end: str) -> None:
    text = merged(WRITTEN.replace("\n", end), NEW_TASK)

    assert text == merged(WRITTEN, NEW_TASK).replace("\n", end)


def test_texts_with_lines_of_their_own_are_put_in_unchanged() -> None:
    addition = '    def poem(self) -> str:\n        return """one\n  two\n\nthree\n"""\n\n'
    new = OLD.replace("    def knock(self)", f"{addition}    def knock(self)")

    assert addition in merged(WRITTEN, new)


@pytest.mark.parametrize("line", ["a = 1; b = 2\n", "import os; import sys\n"])
def test_statements_that_share_a_line_cannot_be_merged(line: str) -> None:
    with pytest.raises(UnmergeableError):
        merge(OLD, WRITTEN + line, NEW_TASK)


def test_what_python_cannot_read_is_not_merged() -> None:
    with pytest.raises(SyntaxError):
        merge(OLD, WRITTEN + "def (\n", NEW_TASK)


# The states of a student's module

SOLVED = dedent('''\
    class Door:
        """A way in."""

        def knock(self) -> str:  # step 1
            """Say that one is there."""
            return _loudly("knock")

        def ring(self) -> str:  # step 2
            """Say it from afar."""
            return "ring"


    def _loudly(text: str) -> str:  # step 1 (helper)
        return text.upper()
''')


def test_steps_that_the_student_has_caught_up_with_are_solved_in_the_new_version_too() -> None:
    start_of_2 = SOLVED.replace('return "ring"', 'raise NotImplementedError("step 2: Door.ring")')
    newer = SOLVED.replace("text.upper()", 'text.upper() + "!"').replace("afar", "far away")

    three = three_of(SOLVED, start_of_2, newer, {1: 1, 2: 2})

    assert three.old == three.theirs == start_of_2
    assert 'text.upper() + "!"' in three.new
    assert "far away" in three.new
    assert 'return "ring"' not in three.new


def test_a_step_that_is_ours_in_part_is_the_students() -> None:
    theirs = SOLVED.replace("text.upper()", "text.title()")

    three = three_of(SOLVED, theirs, SOLVED, {1: 1, 2: 2})

    assert 'NotImplementedError("step 1: Door.knock")' in three.old
    assert 'return "ring"' in three.old


def test_a_step_with_another_number_is_marked_with_it() -> None:
    theirs = SOLVED.replace('return "ring"', 'return "ring"  # step 2\n\n        # step 2: think')
    newer = SOLVED.replace("step 2", "step 3")

    three = three_of(SOLVED, theirs, newer, {1: 1, 2: 3})

    assert "def ring(self) -> str:  # step 3\n" in three.theirs
    assert 'return "ring"  # step 2\n\n        # step 2: think' in three.theirs
    assert three.old.count("step 3") == 2
    assert three.new.count("step 3") == 2
