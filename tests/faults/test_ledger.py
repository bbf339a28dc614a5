"""The faults prove something only if whatever can go wrong is seen."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from itertools import islice
from pathlib import Path

import pytest

from tests.faults.acts import acts, perform
from tests.faults.clock import WanderingClock
from tests.faults.follower import Positions, complaints_of_followers
from tests.faults.ledger import Begun, Done, Ledger
from tests.faults.stores import SqlitePlace, Store
from workshop.eventsourcing.subscription import Subscription

ACTS = 20


def opened(path: Path) -> Store:
    return SqlitePlace(str(path), "NORMAL").open(WanderingClock(random.Random(1)))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Ledger]:
    """What a writer did, and a follower has read; and what the writer is about to do."""
    path, ledger = tmp_path_factory.mktemp("lived") / "events.db", Ledger()
    *done, last = islice(acts("writer", random.Random(1), small=True), ACTS + 1)
    with closing(opened(path)) as store:
        for act in done:
            ledger.note(Begun(act))
            perform(store, act)
            ledger.note(Done(act.writer, act.number))
        Subscription(store, Positions(store, "flow")).run_once()
    ledger.note(Begun(last))
    return path.read_bytes(), ledger


@pytest.fixture
def ledger(lived: tuple[bytes, Ledger]) -> Ledger:
    return deepcopy(lived[1])


@pytest.fixture
def path(tmp_path: Path, lived: tuple[bytes, Ledger]) -> Path:
    path = tmp_path / "events.db"
    path.write_bytes(lived[0])
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(opened(path)) as store:
        yield store


def change(path: Path, sql: str) -> None:
    """What no store may do."""
    with closing(sqlite3.connect(path)) as connection:
        for trigger in ("changed", "deleted"):
            connection.execute(f"DROP TRIGGER events_are_never_{trigger}")
        assert connection.execute(sql).rowcount
        connection.commit()


def test_there_is_nothing_to_complain_of_in_a_store_that_did_all_it_said(
    store: Store, ledger: Ledger
) -> None:
    assert ledger.complaints(store) == []
    assert complaints_of_followers(store, {"flow"}) == []
    assert ledger.reached == {"writer": ACTS}


def test_an_act_that_nobody_was_told_of_may_be_there(store: Store, ledger: Ledger) -> None:
    perform(store, ledger.begun["writer"][-1])
    assert ledger.complaints(store) == []
    assert ledger.reached == {"writer": ACTS + 1}


LAST = "(SELECT max(position) FROM events)"


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        (f"DELETE FROM events WHERE position = {LAST}", "not whole"),
        ("DELETE FROM events WHERE position = 3", "should be here"),
        ("DELETE FROM effects WHERE who = 'writer' AND number = 2", "its effects are"),
        ("UPDATE checkpoints SET position = position - 1 WHERE name = 'writer'", "its checkpoint"),
        (f"UPDATE events SET recorded_at = 0 WHERE position = {LAST}", "recorded at 1970"),
        ("UPDATE events SET version = version + 1000 WHERE position = 5", "should be here"),
        (
            "INSERT INTO events SELECT position + 1000, stream, version + 1000, recorded_at, name,"
            " schema, data, metadata FROM events WHERE position = 7",
            "not whole",
        ),
        (
            "UPDATE events SET metadata = replace(metadata, ':\"writer\"', ':\"nobody\"')",
            "nobody began",
        ),
    ],
)
def test_what_is_wrong_is_seen(
    path: Path, store: Store, ledger: Ledger, sql: str, complaint: str
) -> None:
    change(path, sql)
    assert complaint in "; ".join(ledger.complaints(store))


def test_lost_acts_are_seen(store: Store, ledger: Ledger) -> None:
    ledger.note(Done("writer", ACTS + 1))
    assert f"acts {ACTS + 1} to {ACTS + 1} were lost" in "; ".join(ledger.complaints(store))


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("DELETE FROM effects WHERE who = 'flow' AND what = 9", "missed 1: [9]"),
        ("INSERT INTO effects VALUES ('flow', 100000, 9)", "doubled 1"),
        ("UPDATE effects SET number = number + 100000 WHERE who = 'flow' AND what = 9", "order"),
        ("INSERT INTO effects VALUES ('flow', 100000, 100000)", "not there"),
    ],
)
def test_what_a_follower_got_wrong_is_seen(
    path: Path, store: Store, sql: str, complaint: str
) -> None:
    change(path, sql)
    assert complaint in "; ".join(complaints_of_followers(store, {"flow"}))
