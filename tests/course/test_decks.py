from pathlib import Path
from typing import Any

import pytest

from workshop.course.decks import deck_problems, region, slides_of, with_included
from workshop.course.notebooks import NotebookError, dumps, normalise

SOLVED = '''\
"""Work items."""


class WorkItem:
    """Something to do.

    Attributes:
        name: What it is called.
    """

    @property
    def name(self) -> str:
        """Return the name."""
        return self._name

    @name.setter
    def name(self, new_name: str) -> None:  # step 1
        """Give it another name.

        Raises:
            ValueError: The name is empty.
        """
        if not new_name.strip():
            raise ValueError(f"empty name: {new_name!r}")
        self._name = new_name  # keeps the spaces


def stripped(text: str) -> str:  # step 1 (helper)
    return text.strip()
'''

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d">
  <title id="t">A dot</title>

  <desc id="d">One event.</desc>
  <circle r="3"/>
</svg>
"""


def markdown(source: str, slide: str = "-", **metadata: Any) -> dict[str, Any]:
    metadata |= {"slideshow": {"slide_type": slide}}
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": list(outputs), "source": source}


NOTES = markdown("- Ask: what do you see?", "notes")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "work_item.py").write_text(SOLVED, encoding="utf-8")
    (tmp_path / "slides" / "pictures").mkdir(parents=True)
    (tmp_path / "slides" / "pictures" / "dot.svg").write_text(DRAWING, encoding="utf-8")
    return tmp_path


def deck(root: Path, *cells: dict[str, Any]) -> Path:
    path = root / "slides" / "01_demo.ipynb"
    notebook = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(dumps(normalise(notebook)), encoding="utf-8", newline="\n")
    return path


def test_a_region_is_the_definition_without_its_marker_and_the_rest_of_its_docstring(
    root: Path,
) -> None:
    assert region(root, "solutions/work_item.py::WorkItem.name.setter") == (
        "@name.setter\n"
        "def name(self, new_name: str) -> None:\n"
        '    """Give it another name."""\n'
        "    if not new_name.strip():\n"
        '        raise ValueError(f"empty name: {new_name!r}")\n'
        "    self._name = new_name  # keeps the spaces"
    )


def test_a_one_line_docstring_is_kept_and_a_helpers_marker_left_out(root: Path) -> None:
    assert '"""Return the name."""' in region(root, "solutions/work_item.py::WorkItem.name")
    assert region(root, "solutions/work_item.py::stripped") == (
        "def stripped(text: str) -> str:\n    return text.strip()"
    )


def test_a_class_is_included_with_its_methods(root: Path) -> None:
    text = region(root, "solutions/work_item.py::WorkItem")
    assert text.startswith('class WorkItem:\n    """Something to do."""\n\n    @property')
    assert "# step" not in text
    assert "Raises:" not in text
    compile(text, "region", "exec")


def test_a_region_can_be_a_part_of_a_definition_between_two_lines(root: Path) -> None:
    name = "solutions/work_item.py::WorkItem.name.setter"
    assert region(root, name, between=["if not", "raise"]) == (
        'if not new_name.strip():\n    raise ValueError(f"empty name: {new_name!r}")'
    )
    with pytest.raises(LookupError, match=r"setter has no line with 'while'\.$"):
        region(root, name, between=["while", "raise"])
    with pytest.raises(LookupError, match=r"has no line with 'if not' from 'raise' on\.$"):
        region(root, name, between=["raise", "if not"])


def test_a_region_can_be_without_its_docstrings(root: Path) -> None:
    text = region(root, "solutions/work_item.py::WorkItem", docstrings=False)
    assert '"""' not in text
    assert text.startswith("class WorkItem:\n    @property\n")
    compile(text, "region", "exec")


def test_a_wrong_answer_is_labelled_as_a_mistake_and_says_nothing_of_how_it_is_kept(
    root: Path,
) -> None:
    wrong = root / "solutions" / "wrong" / "01_identity" / "named.py"
    wrong.parent.mkdir(parents=True)
    wrong.write_text("class WorkItem:  # whole\n    pass\n", encoding="utf-8")
    name = "solutions/wrong/01_identity/named.py::WorkItem"
    right = markdown("…", include="solutions/work_item.py::stripped")
    first, second = with_included(deck(root, markdown("…", include=name), right), root)["cells"]
    assert first["source"] == "```python\nclass WorkItem:\n    pass\n```"
    assert first["metadata"]["label"] == "a mistake"
    assert "label" not in second["metadata"]


@pytest.mark.parametrize(
    ("include", "said"),
    [
        ("solutions/work_item.py::Board", "solutions/work_item.py has no 'Board' to include"),
        ("solutions/work_item.py", "solutions/work_item.py has no '' to include"),
        ("solutions/board.py::Board", "solutions/board.py, which it includes, cannot be read"),
    ],
)
def test_what_cannot_be_included_is_said_with_the_deck_and_the_cell(
    root: Path, include: str, said: str
) -> None:
    path = deck(root, markdown("# One", "slide"), markdown("…", include=include))
    with pytest.raises(NotebookError) as raised:
        with_included(path, root)
    assert str(raised.value).startswith(f"01_demo.ipynb, cell 2: {said}")
    assert deck_problems(path, root) == (str(raised.value),)


def test_a_picture_that_is_missing_is_named(root: Path) -> None:
    path = deck(root, markdown("![A board](pictures/board.svg)", "slide"))
    with pytest.raises(NotebookError, match=r"cell 1: the picture pictures/board\.svg cannot be"):
        with_included(path, root)


def test_a_drawing_stands_in_the_place_of_its_image_as_one_block(root: Path) -> None:
    path = deck(root, markdown("Look:\n\n![A dot](pictures/dot.svg)\n\nA dot.", "slide"))
    before, figure, after = with_included(path, root)["cells"][0]["source"].split("\n\n")
    assert (before, after) == ("Look:", "A dot.")
    assert figure.startswith("<figure>\n<svg")
    assert figure.endswith("</svg>\n</figure>")


def test_a_slide_has_its_cells_its_notes_and_its_minutes() -> None:
    cells = [
        markdown("# One", "slide", minutes=1.5, slot="Opening"),
        code("1"),
        NOTES,
        markdown("not shown", "skip"),
        markdown(
            "## Two", "subslide", minutes=2, half=0.5, slot=1, half_slot="Tour", exercise=True
        ),
        markdown("more", "fragment"),
    ]
    one, two = slides_of({"cells": cells})
    assert (one.number, one.shown, one.notes) == (1, (*cells[:2],), (NOTES,))
    assert (two.number, two.shown, two.notes) == (2, (*cells[4:],), ())
    assert (one.minutes, two.minutes) == ({"full": 1.5, "half": 0}, {"full": 2, "half": 0.5})
    assert one.slots == {"full": "Opening", "half": "Opening"}
    assert two.slots == {"full": 1, "half": "Tour"}
    assert (one.exercise, two.exercise) == (False, True)


def test_a_good_deck_has_no_problems(root: Path) -> None:
    include = markdown("…", include="solutions/work_item.py::stripped")
    picture = markdown("![A dot](pictures/dot.svg)")
    path = deck(
        root, markdown("# One", "slide", minutes=1, slot=1), include, picture, code("1"), NOTES
    )
    assert deck_problems(path, root) == ()


LONG = "\n".join(f"line_{number} = {number}" for number in range(17))
PNG = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBO"}}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([markdown("# One", "slide", slot=1), NOTES], "Slide 1 has no minutes"),
        ([markdown("# One", "slide", minutes=1), NOTES], "Slide 1 has no slot"),
        ([markdown("# One", "slide", minutes=1, slot=1)], "Slide 1 has no speaker notes"),
        (
            [markdown("# One", "slide", minutes=1, slot=1), markdown("Say hello.", "notes")],
            "Slide 1 has no speaker notes that begin with Note:, Ask: or Demo:.",
        ),
        (
            [markdown("# One", "slide", minutes=1, slot=1), code(LONG), NOTES],
            "shows 17 lines of code; 16",
        ),
        (
            [markdown(f"```python\n{LONG}\n```", "slide", minutes=1, slot=1), NOTES],
            "shows 17 lines",
        ),
        (
            [markdown("#", "slide", minutes=1, slot=1), code("x" * 57), NOTES],
            "a line of 57 characters; 56",
        ),
        ([markdown("![](a.png)", "slide", minutes=1, slot=1), NOTES], "without a text alternative"),
        (
            [markdown('<img src="a">', "slide", minutes=1, slot=1), NOTES],
            "without a text alternative",
        ),
        ([markdown("<svg></svg>", "slide", minutes=1, slot=1), NOTES], "without title, desc"),
        (
            [markdown("<svg><g></svg>", "slide", minutes=1, slot=1), NOTES],
            "that is not well-formed",
        ),
        ([markdown("#", "slide", minutes=1, slot=1), code("show()", PNG), NOTES], "shows a bitmap"),
    ],
)
def test_what_the_back_row_could_not_use_is_a_problem(
    root: Path, cells: list[dict[str, Any]], said: str
) -> None:
    (problem,) = deck_problems(deck(root, *cells), root)
    assert said in problem


def test_an_included_region_that_is_too_long_is_a_problem(root: Path) -> None:
    source = f"def long():\n    {LONG.replace(chr(10), chr(10) + '    ')}\n"
    (root / "solutions" / "work_item.py").write_text(source, encoding="utf-8")
    include = markdown("…", "slide", minutes=1, slot=1, include="solutions/work_item.py::long")
    (problem,) = deck_problems(deck(root, include, NOTES), root)
    assert problem.startswith("Slide 1 shows 18 lines of code")
