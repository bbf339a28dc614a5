"""The half-year of step 12 could have been, and the read models tell its story."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pytest

from exercises import half_year
from solutions.event_sourced import (
    FINISHED,
    Board,
    BoardRepository,
    CumulativeFlow,
    LeadTimes,
    SqliteEventStore,
    WorkItem,
    create_board,
    events,
    kanban_codec,
    register_work_item,
)
from workshop.eventsourcing import ConcurrencyError

ROOT = Path(__file__).parents[2]
DAYS = [date(2025, 7, 1) + timedelta(n) for n in range(184)]
SEEDS = [pytest.param(seed, id=f"seed {seed}") for seed in (2025, 1)]

DIGEST = "2933a05c10aed84310522e04e89ce35bf1437b27d44e07fce47a16c22979c5a7"
"""Of the history: the notebook of step 12 shows numbers that come from it."""

history = cache(half_year.history)


@cache
def item(work_item_id: str) -> WorkItem:
    return register_work_item(work_item_id, work_item_id=work_item_id)


def command(board: Board, happened: half_year.Happened) -> None:
    """Ask the board to do what happened."""
    match happened[1:]:
        case "column added", column, name, limit:
            board.add_column(name, wip_limit=limit, column_id=column)
        case "limit changed", column, limit:
            board.change_wip_limit(column, limit)
        case "scheduled", who, _:
            board.schedule(item(who))
        case "advanced", who, _, _:
            board.advance(item(who))
        case "abandoned", who, _:
            board.abandon(item(who))
        case "retired", who, _:
            board.retire(item(who))
        case other:
            raise AssertionError(f"no command for {other!r}")


@pytest.fixture(scope="module")
def store() -> Iterator[SqliteEventStore]:
    """A store in memory with the half-year in it."""
    clock = half_year.Clock()
    store = SqliteEventStore(":memory:", kanban_codec(), clock=clock)
    half_year.record(history(), store, clock, events)
    yield store
    store.close()


def lead_times(store: SqliteEventStore, until: datetime) -> LeadTimes:
    """The lead times of what was finished up to a moment."""
    read_model = LeadTimes()
    for stored in store.read_all(types=read_model.types):
        if stored.recorded_at < until:
            read_model.project(stored)
    return read_model


def midnight(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=half_year.ZONE)


@pytest.fixture(scope="module")
def flow(store: SqliteEventStore) -> CumulativeFlow:
    flow = CumulativeFlow(half_year.BOARD, zone=half_year.ZONE)
    for stored in store.read_all(types=flow.types):
        flow.project(stored)
    return flow


# A history


def test_a_half_year_has_more_than_twenty_thousand_events() -> None:
    assert len(history()) >= 20_000


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_a_half_year_is_the_same_on_every_machine_and_in_every_run(hash_seed: str) -> None:
    code = (
        "import hashlib; from exercises.half_year import history; "
        "print(hashlib.sha256(repr(history()).encode()).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert run.stdout.strip() == DIGEST


def test_another_seed_makes_another_half_year() -> None:
    assert history(1) != history()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_board_accepts_every_command_of_a_half_year(seed: int) -> None:
    beginning, *rest = history(seed)
    _, _, board_id, name, description = beginning
    board = create_board(name, description, board_id=board_id)

    for happened in rest:
        command(board, happened)

    assert list(board.pending) == [half_year.to_event(what, events) for _, *what in history(seed)]


@pytest.mark.parametrize("seed", SEEDS)
def test_time_never_goes_back(seed: int) -> None:
    moments = [moment for moment, *_ in history(seed)]

    assert moments == sorted(moments)
    assert all(moment.tzinfo is UTC for moment in moments)


@pytest.mark.parametrize("seed", SEEDS)
def test_items_move_in_working_hours(seed: int) -> None:
    moments = [
        moment.astimezone(half_year.ZONE) for moment, what, *_ in history(seed) if "ed" in what
    ]

    assert {moment.weekday() for moment in moments} == {0, 1, 2, 3, 4}
    assert {moment.date() for moment in moments}.isdisjoint(
        {date(2025, 12, 25), date(2025, 12, 26)}
    )
    assert all(time(8) <= moment.time() <= time(17, 30) for moment in moments)


@pytest.mark.parametrize("seed", SEEDS)
def test_some_items_are_abandoned_and_some_of_them_come_back(seed: int) -> None:
    scheduled = Counter(who for _, what, who, *_ in history(seed) if what == "scheduled")
    abandoned = [who for _, what, who, *_ in history(seed) if what == "abandoned"]

    assert len(abandoned) >= 100
    assert 50 <= sum(scheduled[who] > 1 for who in abandoned) < len(abandoned)


def test_an_unknown_tuple_is_no_event() -> None:
    with pytest.raises(ValueError, match="painted"):
        half_year.to_event(["painted", "to-do", "green"], events)


def test_recording_a_half_year_twice_is_refused(store: SqliteEventStore) -> None:
    with pytest.raises(ConcurrencyError):
        half_year.record(history()[:5], store, half_year.Clock(), events)


# In a store


def test_every_event_is_in_the_store_at_its_moment(store: SqliteEventStore) -> None:
    told = [(stored.recorded_at, stored.event) for stored in store.read_all()]

    assert told == [(moment, half_year.to_event(what, events)) for moment, *what in history()]


def test_the_board_of_the_half_year_can_be_loaded(store: SqliteEventStore) -> None:
    board = BoardRepository(store).current(half_year.BOARD)

    assert board.version == len(history())
    assert {column.id: column.name for column in board.columns} == half_year.COLUMNS


# Its story


def test_lead_times_fell_after_the_new_limit(store: SqliteEventStore) -> None:
    before = lead_times(store, midnight(2025, 10, 6))
    october = lead_times(store, midnight(2025, 11, 1))
    everything = lead_times(store, midnight(2026, 1, 1))

    average = before.average()
    after = [taken for _, taken in everything.finished[len(october.finished) :]]
    assert average is not None
    assert average > timedelta(days=3)
    assert sum(after, timedelta()) / len(after) < timedelta(days=1)


def test_the_new_limit_came_when_no_less_was_asked_for() -> None:
    asked = Counter(moment.month for moment, what, *_ in history() if what == "scheduled")
    working_days = Counter(day.month for day in DAYS if day.weekday() < 5)

    before = sum(asked[month] for month in (8, 9)) / sum(working_days[month] for month in (8, 9))
    after = sum(asked[month] for month in (11, 12)) / sum(working_days[month] for month in (11, 12))
    assert 0.9 < after / before < 1.1


def test_no_column_ever_holds_less_than_nothing(flow: CumulativeFlow) -> None:
    told = [items for day in DAYS for items in flow.on(day).values()]

    assert min(told) >= 0


def test_what_was_scheduled_is_in_a_column_or_finished_or_abandoned(flow: CumulativeFlow) -> None:
    so_far: Counter[str] = Counter()
    happened = iter(history())
    upcoming = next(happened, None)
    for day in DAYS:
        while upcoming and upcoming[0].astimezone(half_year.ZONE).date() <= day:
            so_far[upcoming[1]] += 1
            upcoming = next(happened, None)
        assert sum(flow.on(day).values()) == so_far["scheduled"] - so_far["abandoned"], day
        assert flow.on(day)[FINISHED] == so_far["retired"], day


def test_the_limits_hold_at_the_end_of_every_day(flow: CumulativeFlow) -> None:
    doing = {day: flow.on(day)["doing"] for day in DAYS}

    assert max(doing.values()) == 56
    assert max(items for day, items in doing.items() if day >= date(2025, 11, 1)) <= 20
    assert max(flow.on(day)["review"] for day in DAYS) <= 12


def test_a_read_model_that_reads_everything_again_tells_the_same(
    store: SqliteEventStore, flow: CumulativeFlow
) -> None:
    again = CumulativeFlow(half_year.BOARD, zone=half_year.ZONE)
    for stored in store.read_all(types=again.types):
        again.project(stored)

    assert [again.on(day) for day in DAYS] == [flow.on(day) for day in DAYS]
