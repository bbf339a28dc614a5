"""Every fault, in brief; `python -m tests.faults` does the same at length."""

import pytest

from tests.faults.clocks import confuse_clocks
from tests.faults.crowd import crowd_together
from tests.faults.full_disk import SHORTAGES, fill_disk
from tests.faults.kills import kill_writers
from tests.faults.power_loss import cut_power
from tests.faults.stores import Sqlite, Synchronous

SEED = 1887


@pytest.mark.parametrize("synchronous", ["FULL", "NORMAL"])
def test_killed_writers_lose_nothing_that_was_acknowledged_and_leave_nothing_half(
    synchronous: Synchronous,
) -> None:
    assert kill_writers(Sqlite(synchronous), 8, SEED).wrong == []


@pytest.mark.parametrize("fault", SHORTAGES)
def test_a_full_disk_refuses_a_commit_as_a_whole_and_space_mends_it(fault: str) -> None:
    try:
        tried = fill_disk(3, SEED, "NORMAL", fault)
    except PermissionError as error:
        pytest.skip(str(error))
    assert tried.wrong == []


def test_a_power_cut_leaves_whole_commits_and_all_that_was_on_the_disk() -> None:
    assert [(tried.fault, tried.wrong) for tried in cut_power(1, SEED) if tried.wrong] == []


def test_clocks_that_differ_and_jump_leave_a_past_that_stays_the_past() -> None:
    assert confuse_clocks(Sqlite("NORMAL"), 100, SEED).wrong == []


def test_a_crowd_that_is_killed_now_and_then_misses_nothing_and_doubles_nothing() -> None:
    assert crowd_together(Sqlite("NORMAL"), 1, SEED).wrong == []
