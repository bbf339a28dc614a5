import ast
from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.course.blanks import blank, blank_names, package_state, python_files
from workshop.course.definitions import Edit, apply_edits, definitions, split_lines
from workshop.course.manifest import Course

ROOT = Path(__file__).parents[2]
LAST = 5
"""No generated source asks for a step beyond this one."""

SOLVED = dedent('''\
    """A module."""

    import os


    class Door:
        """A way in."""

        def __init__(self) -> None:  # step 1
            """Start shut."""
            self._open = False
            # trailing thoughts are part of the answer

        @property
        def is_open(self) -> bool:  # step 2
            return self._open

        @is_open.setter
        def is_open(self, value: bool) -> None:  # step 3
            """Open or shut it."""
            self._open = _checked(value)

        def knock(self) -> str:
            return "who is there?"


    @sealed
    class Lock:  # step 2
        """Keeps a door shut."""

        keys: int = 3

        def turn(self) -> None:
            """Turn it."""


    def _checked(value: bool) -> bool:  # step 3 (helper)
        return bool(value)


    async def open_all(  # step 3
        doors: list[Door],
    ) -> None:
        for door in doors:
            door.is_open = True
''')


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


# Definitions


def test_definitions_come_in_the_order_of_the_text_with_their_markers() -> None:
    found = [(d.key, d.marker and (d.marker.step, d.marker.helper)) for d in definitions(SOLVED)]

    assert found == [
        ("Door", None),
        ("Door.__init__", (1, False)),
        ("Door.is_open", (2, False)),
        ("Door.is_open.setter", (3, False)),
        ("Door.knock", None),
        ("Lock", (2, False)),
        ("Lock.turn", None),
        ("_checked", (3, True)),
        ("open_all", (3, False)),
    ]


def test_a_marker_in_a_text_or_on_another_line_marks_nothing() -> None:
    source = dedent('''\
        # step 1
        def f():
            """# step 1"""
            return "# step 1"  # step 1
    ''')

    assert [d.marker for d in definitions(source)] == [None]


def test_a_definition_begins_with_its_first_decorator() -> None:
    by_key = {d.key: d for d in definitions(SOLVED)}

    assert split_lines(SOLVED)[by_key["Lock"].first_line - 1] == "@sealed"


@pytest.mark.parametrize("source", ["def f(:\n", "x = (1,\n", "def f():\npass\n", '"""'])
def test_what_python_cannot_parse_is_a_syntax_error(source: str) -> None:
    with pytest.raises(SyntaxError):
        list(definitions(source))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_edited_text_keeps_its_line_ends(end: str) -> None:
    source = end.join(["a", "b", "c", ""])

    assert apply_edits(source, [Edit(2, 2, ("x", "y"))]) == end.join(["a", "x", "y", "c", ""])


def test_a_form_feed_is_no_line_end() -> None:
    assert apply_edits("a\x0cb\nc\n", [Edit(2, 2, ("x",))]) == "a\x0cb\nx\n"


def test_a_missing_last_line_end_is_added() -> None:
    assert apply_edits("a\nb", [Edit(3, 2, ("c",))]) == "a\nb\nc\n"


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply_edits("a\n", [Edit(2, 1, ("b",)), Edit(2, 1, ("c",))]) == "a\nb\nc\n"


def test_nothing_stays_nothing() -> None:
    assert apply_edits("", []) == ""


# Blanks


def test_a_blank_function_keeps_decorators_signature_and_docstring() -> None:
    blanked = lines(blank(SOLVED, 3))

    assert blanked[-4:] == [
        "async def open_all(  # step 3",
        "doors: list[Door],",
        ") -> None:",
        'raise NotImplementedError("step 3: open_all")',
    ]
    at = blanked.index("@is_open.setter")
    assert blanked[at + 1 : at + 4] == [
        "def is_open(self, value: bool) -> None:  # step 3",
        '"""Open or shut it."""',
        'raise NotImplementedError("step 3: Door.is_open")',
    ]


def test_a_comment_at_the_end_of_an_answer_goes_with_it() -> None:
    assert "# trailing thoughts are part of the answer" not in lines(blank(SOLVED, 1))
    assert "# trailing thoughts are part of the answer" in lines(blank(SOLVED, 2))


def test_a_blank_class_keeps_its_header_and_docstring_and_refuses_to_be_called() -> None:
    namespace = ast.parse(blank(SOLVED, 2)).body
    (lock,) = (node for node in namespace if isinstance(node, ast.ClassDef) and node.name == "Lock")

    assert lock.decorator_list == []
    assert ast.get_docstring(lock) == "Keeps a door shut."
    assert ast.unparse(ast.Module(lock.body[1:], [])) == (
        "def __init__(self, *_: object, **__: object) -> None:\n"
        "    raise NotImplementedError('step 2: Lock')"
    )


def test_a_helper_of_the_solution_is_gone_until_its_step_is_solved() -> None:
    assert "_checked" not in {d.key for d in definitions(blank(SOLVED, 3))}
    assert "_checked" in {d.key for d in definitions(blank(SOLVED, 4))}


def test_what_no_step_asks_for_is_always_there() -> None:
    assert 'return "who is there?"' in lines(blank(SOLVED, 1))


def test_the_names_of_a_step_tell_a_property_once_and_no_helper() -> None:
    assert blank_names(SOLVED, 2) == ("Door.is_open", "Lock")
    assert blank_names(SOLVED, 3) == ("Door.is_open", "open_all")
    assert blank_names(SOLVED, 4) == ()


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("def f(): pass  # step 1\n", "f: put its body on lines of its own"),
        ("class C:  # step 1\n    x = 1\n", "C: a class needs a docstring"),
        ("def f(\n    x\n):  # step 1\n    pass\n", "line 3: put the step's marker"),
    ],
)
def test_what_cannot_be_blanked_is_refused_by_name(source: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        blank(source, 1)


def test_python_files_are_files_in_any_folder_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "folder.py").mkdir()
    for name in ("a.py", "inner/b.py", "notes.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")

    assert list(python_files(tmp_path)) == ["a.py", "inner/b.py"]


# What holds for every source

BODIES = [
    "return 1",
    "return 'a\x0cb\u2028c'  # trailing",
    'return """two\n        lines"""',
    "def inner():\n    return 2\nreturn inner\n# the end",
    "class Local:\n    def m(self): return 3\nreturn Local",
    "if True:\n\n    return 4",
]


@st.composite
def marked(draw: st.DrawFn) -> str:
    step = draw(st.integers(0, LAST))
    return "" if step == 0 else f"  # step {step}"


@st.composite
def function(draw: st.DrawFn, name: str) -> str:
    marker = draw(marked())
    if marker and draw(st.booleans()):
        marker += " (helper)"
    head = draw(
        st.sampled_from(
            [
                f"def {name}(self):{marker}\n",
                f"async def {name}(self):{marker}\n",
                f"def {name}({marker}\n    self,\n):\n",
                f"@decorated\n@twice(\n    1\n)\ndef {name}(self):{marker}\n",
            ]
        )
    )
    docstring = draw(st.sampled_from(["", '    """What it does."""\n', '    """On\n    two."""\n']))
    return head + docstring + indent(draw(st.sampled_from(BODIES)), "    ") + "\n"


@st.composite
def property_pair(draw: st.DrawFn, name: str) -> str:
    first, second = draw(marked()), draw(marked())
    return (
        f"@property\ndef {name}(self):{first}\n    return self._x\n\n"
        f"@{name}.setter\ndef {name}(self, x):{second}\n    self._x = x\n"
    )


@st.composite
def a_class(draw: st.DrawFn, name: str) -> str:
    decorator = draw(st.sampled_from(["", "@decorated\n"]))
    members = [
        draw(st.one_of(function(f"m{n}"), property_pair(f"m{n}"), st.just(f"x{n} = {n}\n")))
        for n in range(draw(st.integers(0, 3)))
    ]
    body = "\n".join(['"""A class."""\n', *members])
    return f"{decorator}class {name}:{draw(marked())}\n" + indent(body, "    ", lambda line: True)


@st.composite
def modules(draw: st.DrawFn) -> str:
    parts = ['"""A module."""\n\nimport os\n']
    for n in range(draw(st.integers(0, 4))):
        parts.append(draw(st.one_of(function(f"f{n}"), a_class(f"C{n}"), st.just(f"A{n} = 1\n"))))
    return draw(st.sampled_from(["\n", "\n\n"])).join(parts)


steps = st.integers(1, LAST + 1)


@given(modules(), steps)
def test_every_state_parses(source: str, step: int) -> None:
    ast.parse(source)
    ast.parse(blank(source, step))


@given(modules())
def test_after_the_last_step_everything_is_solved(source: str) -> None:
    assert blank(source, LAST + 1) == source


@given(modules(), steps, steps)
def test_blanking_twice_is_blanking_from_the_earlier_step(
    source: str, one: int, other: int
) -> None:
    assert blank(blank(source, one), other) == blank(source, min(one, other))


@given(modules(), st.integers(1, LAST))
def test_steps_only_add(source: str, step: int) -> None:
    before, after = blank(source, step), blank(source, step + 1)
    unsolved = {d.key for d in definitions(before) if d.marker and d.marker.step == step}

    def solid(text: str) -> dict[str, str]:
        return {
            d.key: "\n".join(split_lines(text)[d.first_line - 1 : d.last_line])
            for d in definitions(text)
            if not d.is_class and not {d.key, d.qualname.rpartition(".")[0]} & unsolved
        }

    assert solid(before).items() <= solid(after).items()


@given(modules(), steps)
def test_nothing_that_is_asked_for_is_left_solved(source: str, step: int) -> None:
    for definition in definitions(blank(source, step)):
        if definition.marker and definition.marker.step >= step:
            assert not definition.marker.helper
            body = definition.node.body[bool(ast.get_docstring(definition.node)) :]
            kind = ast.FunctionDef if definition.is_class else ast.Raise
            assert [type(node) for node in body] == [kind]


# The course itself


def real_sources() -> list[tuple[str, str]]:
    course = Course.load(ROOT / "exercises" / "course.toml")
    return [
        (f"{part.package}/{name}", path.read_text(encoding="utf-8"))
        for part in course.parts
        for name, path in python_files(ROOT / "solutions" / part.package).items()
    ]


@pytest.mark.parametrize(("name", "source"), real_sources())
def test_the_course_has_a_state_for_every_step(name: str, source: str) -> None:
    last = max((d.marker.step for d in definitions(source) if d.marker), default=0)

    assert blank(source, last + 1) == source, name
    for step in range(1, last + 1):
        ast.parse(blank(source, step))
        assert blank(blank(source, last), step) == blank(source, step), name


def test_the_state_of_a_package_has_all_its_files(tiny: Path) -> None:
    state = package_state(tiny / "solutions" / "lamps", 1)

    assert set(state) == {"__init__.py", "lamp.py"}
    assert 'raise NotImplementedError("step 2: dim_all")' in state["lamp.py"]
