"""Last year's events are what last year's program wrote, and today's code reads the same boards."""

import importlib
import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LAST_YEAR = ROOT / "exercises" / "last_year.jsonl"


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program of 2025; it shares no code with today's."""
    path = Path(__file__).parent / "last_year" / "program.py"
    spec = importlib.util.spec_from_file_location("program_of_2025", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "program_of_2025", module)  # dataclasses look there
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def last_year(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT)
    return importlib.import_module("exercises.last_year")


@pytest.fixture
def boards(last_year: ModuleType) -> Any:
    """The repository of today's solution, with last year's events in its store."""
    today = importlib.import_module("solutions.event_sourced")
    store = today.SqliteEventStore(":memory:", today.kanban_codec())
    last_year.load(store.connection)
    return today.BoardRepository(store)


def test_the_file_is_what_the_program_wrote(program: ModuleType) -> None:
    written = program.lines(program.a_year().rows)

    assert LAST_YEAR.read_text(encoding="utf-8") == written


def test_the_file_is_given_row_by_row(program: ModuleType, last_year: ModuleType) -> None:
    assert last_year.rows() == program.a_year().rows


def test_a_column_was_added_under_each_schema_and_all_else_under_the_first(
    last_year: ModuleType,
) -> None:
    written = Counter((row["name"], row["schema"]) for row in last_year.rows())
    later = {name for name, schema in written if schema > 1}

    assert [written["column-added", schema] for schema in (1, 2, 3)] == [5, 8, 5]
    assert later == {"column-added"}


def test_a_limit_of_0_was_written_under_schema_2_and_under_schema_3(last_year: ModuleType) -> None:
    added = [row for row in last_year.rows() if row["name"] == "column-added"]

    assert any(row["data"].get("limit") == 0 for row in added)
    assert any(row["data"].get("wip_limit") == 0 for row in added)


def test_today_s_code_reads_the_boards_that_the_program_had(
    program: ModuleType, boards: Any
) -> None:
    for board_id, columns in program.a_year().boards.items():
        board = boards.get(board_id)
        read = [(c.id, c.name, c.wip_limit, list(c.work_item_ids)) for c in board.columns]
        assert read == [(c.id, c.name, c.limit, c.items) for c in columns], board_id
