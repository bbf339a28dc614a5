from pathlib import Path
from textwrap import dedent

import pytest

from workshop.course.blanks import blank, package_state
from workshop.course.transplant import replace_definitions, replaced_by, transplant

OWN = dedent('''\
    """My door."""

    import math


    class Door:
        """A way in."""

        def __init__(self) -> None:
            self._mine = math.pi

        @property
        def is_open(self) -> bool:
            return self._mine > 3  # my thought

        @is_open.setter
        def is_open(self, value: bool) -> None:
            self._mine = 4 if value else 0

        def my_own(self) -> str:
            return "ünïcödé"


    def slam(door: Door) -> None:
        door.is_open = False
''')

STARTER = dedent('''\
    """A door."""


    class Door:
        """A way in."""

        def __init__(self) -> None:
            self._open = False

        @property
        def is_open(self) -> bool:  # step 2
            """Whether one can go through.

            Indented.
            """
            raise NotImplementedError("step 2: Door.is_open")

        @is_open.setter
        def is_open(self, value: bool) -> None:  # step 2
            raise NotImplementedError("step 2: Door.is_open")


    def slam(door: Door) -> None:  # step 3
        raise NotImplementedError("step 3: slam")
''')


def reset(own: str | bytes, step: int = 2) -> bytes | None:
    data = own.encode() if isinstance(own, str) else own
    return replace_definitions(data, STARTER, step)


# Resetting a student's own text


def test_what_a_step_asks_for_is_replaced_and_the_rest_stays() -> None:
    expected = OWN.replace(
        "    def is_open(self) -> bool:\n        return self._mine > 3  # my thought\n",
        "    def is_open(self) -> bool:  # step 2\n"
        '        """Whether one can go through.\n\n        Indented.\n        """\n'
        '        raise NotImplementedError("step 2: Door.is_open")\n',
    ).replace(
        "    def is_open(self, value: bool) -> None:\n        self._mine = 4 if value else 0\n",
        "    def is_open(self, value: bool) -> None:  # step 2\n"
        '        raise NotImplementedError("step 2: Door.is_open")\n',
    )

    assert reset(OWN) == expected.encode()


def test_a_step_that_the_file_has_nothing_of_changes_nothing() -> None:
    assert reset(OWN, step=7) == OWN.encode()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_stay_what_they_were(end: str) -> None:
    in_unix = reset(OWN)
    assert in_unix is not None

    changed = reset(OWN.replace("\n", end))

    assert changed == in_unix.replace(b"\n", end.encode())


def test_a_byte_order_mark_stays() -> None:
    changed = reset(b"\xef\xbb\xbf" + OWN.encode())

    assert changed is not None
    assert changed.startswith(b'\xef\xbb\xbf"""My door."""')
    assert changed.count(b"\xef\xbb\xbf") == 1


def test_the_declared_encoding_stays() -> None:
    changed = reset(("# coding: latin-1\n" + OWN).encode("latin-1"))

    assert changed is not None
    assert "ünïcödé".encode("latin-1") in changed


@pytest.mark.parametrize("width", ["\t", "  "])
def test_the_replacement_is_indented_as_the_students_text_is(width: str) -> None:
    changed = reset(OWN.replace("    ", width))

    assert changed is not None
    compile(changed, "door.py", "exec")
    assert f"{width}def is_open(self) -> bool:  # step 2\n".encode() in changed
    assert f'{width * 2}return "ünïcödé"\n'.encode() in changed


def test_a_form_feed_in_the_file_moves_nothing() -> None:
    changed = reset(OWN.replace("import math\n", "import math\n\x0c\n"))

    assert changed is not None
    assert b"import math\n\x0c\n\n\nclass Door:" in changed
    assert b"my thought" not in changed


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(OWN + "x = (1,\n", id="does not parse"),
        pytest.param(OWN + "\0", id="has a null byte"),
        pytest.param(OWN.encode("utf-16"), id="is not UTF-8"),
        pytest.param("# coding: klingon\n" + OWN, id="declares an unknown encoding"),
        pytest.param(OWN.replace("    @is_open.setter\n", ""), id="lacks the setter"),
        pytest.param("", id="is empty"),
    ],
)
def test_a_file_that_cannot_be_mended_in_part_is_not_touched(own: str | bytes) -> None:
    assert reset(own) is None


@pytest.mark.parametrize("step", [1, 2])
def test_resetting_our_own_solution_blanks_that_step_and_no_other(tiny: Path, step: int) -> None:
    solved = (tiny / "solutions" / "lamps" / "lamp.py").read_bytes()
    starter = blank(solved.decode(), step)

    changed = replace_definitions(solved, starter, step)

    assert changed is not None
    assert f"step {step}: Lamp." in changed.decode()
    assert blank(changed.decode(), step) == starter


# Wrong answers, put into the solved package

PACKAGE = {
    "door.py": dedent('''\
        """Doors."""

        from os import path

        __all__ = ["Door"]


        class Door:
            """A way in."""

            @property
            def is_open(self) -> bool:
                return True

            @is_open.setter
            def is_open(self, value: bool) -> None:
                pass

            def knock(self) -> str:
                return "knock"


        def slam(door: Door) -> None:
            door.is_open = False
    '''),
    "key.py": "class Key:\n    def turn(self):\n        return 1\n",
}


def grafted(donor: str) -> dict[str, str]:
    changed = transplant(PACKAGE, dedent(donor))
    for name, text in changed.items():
        compile(text, name, "exec")
    return changed


def test_a_function_replaces_the_function_of_its_name() -> None:
    changed = grafted('"""Wrong."""\n\ndef slam(door):\n    door.is_open = True\n')

    assert changed["door.py"].endswith("\n\ndef slam(door):\n    door.is_open = True\n")
    assert changed["key.py"] == PACKAGE["key.py"]


def test_a_class_is_merged_member_by_member() -> None:
    changed = grafted('''\
        class Door:
            """Said by nobody."""

            limit = 3

            @is_open.setter
            def is_open(self, value):
                self.value = value

            def extra(self):
                return 2
    ''')["door.py"]

    assert "Said by nobody." not in changed
    assert '"""A way in."""' in changed
    assert "return True" in changed
    assert "self.value = value" in changed
    assert changed.index("limit = 3") < changed.index("def extra") < changed.index("def slam")


def test_a_class_marked_whole_replaces_the_class() -> None:
    changed = grafted("class Door:  # whole\n    is_open = False\n")["door.py"]

    assert "knock" not in changed
    assert "def slam" in changed


def test_imports_and_other_statements_go_below_the_imports() -> None:
    changed = grafted("""\
        import math

        LIMIT = 3


        def slam(door):
            return math.pi, LIMIT
    """)["door.py"]

    assert changed.startswith('"""Doors."""\n\nfrom os import path\nimport math\nLIMIT = 3\n')


def test_a_new_definition_joins_the_file_of_the_first_known_one() -> None:
    changed = grafted("""\
        def helper():
            return 2


        class Key:
            def turn(self):
                return helper()
    """)

    assert "def helper():" in changed["key.py"]
    assert changed["door.py"] == PACKAGE["door.py"]


def test_definitions_go_to_the_files_that_have_them() -> None:
    changed = grafted(
        "class Key:\n    def turn(self):\n        return 9\n\n\ndef slam(door):\n    pass\n"
    )

    assert "return 9" in changed["key.py"]
    assert changed["door.py"].endswith("def slam(door):\n    pass\n")


def test_a_class_in_place_of_a_function_replaces_it() -> None:
    assert "class slam" in grafted("class slam:\n    pass\n")["door.py"]


def test_a_donor_that_shares_no_name_with_the_package_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing that the package has"):
        transplant(PACKAGE, "def unheard_of():\n    pass\n")


def test_a_transplant_leaves_what_it_was_given_alone(tiny: Path) -> None:
    package = package_state(tiny / "solutions" / "lamps", 9)
    before = dict(package)

    transplant(package, "def dim_all(lamps):\n    pass\n")

    assert package == before


# What a wrong answer replaces


def test_a_wrong_answer_replaces_its_functions_and_the_members_of_its_classes() -> None:
    donor = dedent("""\
        class Door:
            @is_open.setter
            def is_open(self, value):
                pass


        def slam(door):
            pass
    """)

    assert replaced_by(donor) == {"Door.is_open.setter", "slam"}


def test_a_class_is_replaced_itself_as_a_whole_or_by_its_fields() -> None:
    whole = "class Door:  # whole\n    def knock(self):\n        pass\n"
    field = "class Door:\n    key: str\n"

    assert replaced_by(whole) == {"Door", "Door.knock"}
    assert replaced_by(field) == {"Door"}
