"""What a check says half-way through a step, and that its notebook says the same.

A notebook gives an order to write in. Whoever has written our answer to the first blanks of it, and
nothing of the others, hears that all is right so far.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop.course.blanks import blank, python_files
from workshop.course.checking import check
from workshop.course.definitions import definitions, split_lines
from workshop.course.manifest import Course
from workshop.course.needs import missing
from workshop.course.notebooks import load
from workshop.course.process_runner import ProcessRunner
from workshop.course.results import SoFarRight

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT / "exercises" / "course.toml")

WRITTEN = [
    (1, "__init__ register_work_item id name due_date content __eq__ __hash__ rename"
        " change_due_date change_content", "discard"),
    (2, "columns add_column",
        "column column_named insert_column_before rename_column change_wip_limit remove_column"),
    (3, "schedule", "advance abandon retire"),
    (4, "__init__ save all get", "named matching remove overdue_work_items"),
    (5, "ColumnAdded", "ColumnInserted ColumnRenamed WipLimitChanged ColumnRemoved"
        " WorkItemScheduled WorkItemAdvanced WorkItemAbandoned WorkItemRetired"),
    (6, "record", "apply rename_column schedule advance abandon retire"),
    (6, "record apply", "rename_column schedule advance abandon retire"),
    (7, "replay", "an_advanced_item_moves_one_column a_full_column_refuses_another_item"
        " the_same_name_is_nothing_new"),
    (8, "to_json", "encode decode from_json"),
    (8, "to_json from_json", "encode decode"),
    (8, "to_json from_json decode", "encode"),
    (9, "read", "append read_all"),
    (10, "current", "save retry_on_conflict"),
    (10, "current save", "retry_on_conflict"),
    (11, "record", "past"),
    (12, "LeadTimes.project", "average CumulativeFlow.project on"),
    (13, "run_once", "run_all"),
    (14, "column_added_from_1_to_2", "upcast column_added_from_2_to_3"),
    (14, "column_added_from_1_to_2 column_added_from_2_to_3", "upcast"),
    (16, "state_of", "board_from current"),
    (16, "state_of board_from", "current"),
    (17, "evolve", "decide fold"),
    (18, "just_filled", "talk_about project"),
]  # fmt: skip
"""Step, what of it is written, and what is left in the order of the files; short or whole names."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("half way")
    shutil.copytree(ROOT / "exercises", root / "exercises")
    yield root
    shutil.rmtree(root, ignore_errors=True)


def half_written(source: str, step: int, written: set[str]) -> str:
    """The text of a solved file with all of a step blank but what is written, and its helpers."""
    lines = split_lines(source)
    for definition in definitions(source):
        marker, names = definition.marker, {definition.qualname, definition.node.name}
        if marker and marker.step == step and (marker.helper or names & written):
            line = definition.node.lineno - 1
            lines[line] = lines[line].replace("# step ", "# written in step ")
    halved = blank("\n".join(lines) + "\n", step)
    return halved.replace("# written in step ", "# step ")


def prose(step: int) -> str:
    markdown = (c for c in load(ROOT / COURSE.step(step).notebook)["cells"] if "outputs" not in c)
    return " ".join("\n\n".join("".join(cell["source"]) for cell in markdown).split())


@pytest.mark.parametrize(("step", "written", "left"), WRITTEN)
def test_half_way_is_so_far_right_and_the_notebook_says_so(
    workspace: Path, step: int, written: str, left: str
) -> None:
    asked = COURSE.step(step)
    if missing(asked):
        pytest.skip("this machine lacks what the step needs")
    package = COURSE.part_of(asked).package
    for name, path in python_files(ROOT / "solutions" / package).items():
        text = half_written(path.read_text(encoding="utf-8"), step, set(written.split()))
        (workspace / "exercises" / package / name).write_text(text, encoding="utf-8", newline="\n")

    verdict = check(workspace, COURSE, asked, ProcessRunner(), 60.0, alone=True).verdict

    assert isinstance(verdict, SoFarRight)
    assert [name.rpartition(".")[2] for name in verdict.blanks] == [
        name.rpartition(".")[2] for name in left.split()
    ]
    said = "So far right" if verdict.passed else "Nothing is wrong so far"
    assert f"*{said}*" in prose(step)
    if len(verdict.blanks) == 1:
        assert re.search(rf"`(\w+\.)?{left}`", prose(step)), "what is left is named"


def test_no_notebook_quotes_a_blank_as_an_error() -> None:
    for step in COURSE.steps:
        quoted = re.findall(
            r"NotImplementedError: step|with `NotImplementedError`", prose(step.number)
        )
        assert quoted == [], step.slug
