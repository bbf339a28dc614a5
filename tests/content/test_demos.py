"""The demonstrations: in whatever order an instructor runs their sections, the same comes out."""

import copy
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from workshop.course.decks import decks_of, demos_of
from workshop.course.notebooks import dumps, execute, load, normalise

ROOT = Path(__file__).parents[2]

every_demo = pytest.mark.parametrize("demo", demos_of(ROOT), ids=lambda demo: demo.stem)


def sections(cells: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The cells by their headings; the first section is what comes before the second heading."""
    found: list[list[dict[str, Any]]] = [[]]
    for cell in cells:
        if "".join(cell["source"]).startswith("## ") and not is_set_up(cell):
            found.append([])
        found[-1].append(cell)
    return found


def is_set_up(cell: dict[str, Any]) -> bool:
    return "".join(cell["source"]).startswith("## Set up")


def outputs(notebook: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What each cell shows, without the numbers in which the cells were run."""
    shown = copy.deepcopy(
        {cell["id"]: cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"}
    )
    for each in shown.values():
        for output in each:
            output.pop("execution_count", None)
    return shown


@every_demo
def test_its_sections_show_the_same_in_reverse_order_and_again(demo: Path, tmp_path: Path) -> None:
    notebook = load(demo)
    set_up, *others = sections(notebook["cells"])
    assert len(others) >= 2
    again = [{**cell, "id": f"{cell['id']}--once-more"} for cell in others[0]]
    cells = [*set_up, *(cell for section in reversed(others) for cell in section), *again]
    folder = tmp_path / "slides" / "demos"
    for name in ("exercises", "solutions"):
        shutil.copytree(ROOT / name, tmp_path / name)
    folder.mkdir(parents=True)
    path = folder / demo.name
    path.write_text(dumps(normalise({**notebook, "cells": cells})), encoding="utf-8")
    execute(path, tmp_path)
    expected, found = outputs(notebook), outputs(load(path))
    assert {id_: found[id_] for id_ in expected} == expected
    for id_, shown in found.items():
        assert shown == expected[id_.removesuffix("--once-more")]


def test_every_demonstration_is_announced_by_a_slides_notes_and_every_one_announced_exists() -> (
    None
):
    notes = "".join(deck.read_text(encoding="utf-8") for deck in decks_of(ROOT))
    announced = set(re.findall(r"demos/(\w+)\.ipynb", notes))
    assert announced == {demo.stem for demo in demos_of(ROOT)}
