"""What every notebook of the course keeps to; that it runs is for the rehearsal to prove."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from workshop.course.manifest import Course, Step
from workshop.course.notebooks import load, problems

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT / "exercises" / "course.toml")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WORDS_A_MINUTE = 180
BEATS = ["A question from the business", "Predict", "See it run", "Your turn", "Why it matters"]

every_notebook = pytest.mark.parametrize(
    "notebook", [pytest.param(path, id=path.stem) for path in NOTEBOOKS]
)
every_step = pytest.mark.parametrize(
    "step", [pytest.param(step, id=step.slug) for step in COURSE.steps]
)


def cells(notebook: Path, kind: str) -> Iterator[dict[str, Any]]:
    return (cell for cell in load(notebook)["cells"] if cell["cell_type"] == kind)


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def prose(notebook: Path) -> str:
    return "\n\n".join(source(cell) for cell in cells(notebook, "markdown"))


def is_your_turn(cell: dict[str, Any]) -> bool:
    return "your-turn" in cell["metadata"].get("tags", [])


def minutes_to_read(notebook: Path) -> float:
    everything = prose(notebook) + "\n".join(source(cell) for cell in cells(notebook, "code"))
    seen = re.sub(r"<[^>]*>", " ", everything)
    return len(re.findall(r"\w[\w'.-]*", seen)) / WORDS_A_MINUTE


def headings(notebook: Path) -> list[str]:
    return re.findall(r"^## (.+)$", prose(notebook), re.MULTILINE)


class Elements(HTMLParser):
    """Collects the HTML elements in a piece of Markdown, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(re.sub(r"`[^`]*`", "", text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@every_notebook
def test_a_notebook_is_in_the_form_that_is_committed(notebook: Path) -> None:
    assert problems(load(notebook)) == ()


@every_step
def test_a_steps_notebook_has_the_five_beats(step: Step) -> None:
    assert headings(ROOT / step.notebook) == BEATS


@every_step
def test_a_steps_notebook_is_called_what_the_manifest_calls_the_step(step: Step) -> None:
    assert prose(ROOT / step.notebook).startswith(f"# {step.number} · {step.title}\n")


@every_notebook
def test_a_notebook_speaks_plainly(notebook: Path) -> None:
    found = re.findall(r"\b(?:simply|just|obviously|easy|easily|trivial)\b", prose(notebook))

    assert found == []


@every_step
def test_a_steps_notebook_takes_five_to_eight_minutes_to_read(step: Step) -> None:
    assert 5 <= minutes_to_read(ROOT / step.notebook) <= 8


def test_the_welcome_takes_five_minutes_at_most() -> None:
    assert 3 <= minutes_to_read(ROOT / "notebooks" / "00_welcome.ipynb") <= 5


def test_the_welcome_leads_to_the_first_step() -> None:
    first = COURSE.steps[0]
    link = f"({first.slug}.ipynb)"

    assert link in prose(ROOT / "notebooks" / "00_welcome.ipynb")


@every_notebook
def test_your_turn_cells_are_run_without_being_compared_and_keep_no_output(notebook: Path) -> None:
    for cell in filter(is_your_turn, cells(notebook, "code")):
        assert "nbval-ignore-output" in cell["metadata"]["tags"], source(cell)
        assert cell["outputs"] == [], source(cell)


@every_notebook
def test_every_output_that_is_shown_is_compared(notebook: Path) -> None:
    for cell in cells(notebook, "code"):
        if not is_your_turn(cell):
            assert "tags" not in cell["metadata"], source(cell)


@every_notebook
def test_student_code_and_magics_are_used_in_your_turn_cells_only(notebook: Path) -> None:
    for cell in cells(notebook, "code"):
        if not is_your_turn(cell):
            theirs = re.sub(r"\bexercises\.(half_year|last_year)\b", "", source(cell))
            assert not re.search(r"\bexercises\b|\bsolutions\b|\bworkshop\b|^%", theirs, re.M)


@every_step
def test_a_steps_notebook_checks_the_step(step: Step) -> None:
    sources = [source(cell).strip() for cell in cells(ROOT / step.notebook, "code")]

    assert f"%check {step.number}" in sources


@every_step
def test_what_is_to_be_predicted_is_folded_away_until_it_is_run(step: Step) -> None:
    shown = iter(load(ROOT / step.notebook)["cells"])
    predict = next(cell for cell in shown if "## Predict" in source(cell))
    asked = next(cell for cell in shown if cell["cell_type"] == "code")

    assert predict["cell_type"] == "markdown"
    assert asked["outputs"], "there is something to predict"
    assert asked["metadata"] == {"jupyter": {"outputs_hidden": True}}


@every_notebook
def test_code_fits_beside_the_file_and_the_terminal(notebook: Path) -> None:
    for cell in cells(notebook, "code"):
        assert max(map(len, source(cell).splitlines())) <= 70, source(cell)


@every_notebook
def test_a_picture_that_is_no_text_has_a_text(notebook: Path) -> None:
    text = prose(notebook)
    images = [attributes for tag, attributes in Elements(text).found if tag == "img"]

    assert all(image.get("alt") for image in images)
    assert not re.search(r"!\[\s*\]\(", text)


@every_notebook
def test_pictures_survive_in_a_notebook_that_is_not_trusted(notebook: Path) -> None:
    stripped = {"script", "style", "svg", "iframe", "object", "link"}

    assert stripped.isdisjoint(tag for tag, _ in Elements(prose(notebook)).found)


@every_notebook
def test_a_notebook_fetches_nothing_and_names_no_folder_of_a_machine(notebook: Path) -> None:
    text = prose(notebook) + "".join(source(cell) for cell in cells(notebook, "code"))

    assert not re.search(r"https?://|(?<![\w.])/(?:home|Users|tmp|work|root)/|[A-Z]:\\", text)
