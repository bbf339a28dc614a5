"""Any sequence of operations does in every store what it does in the simplest thing that works."""

import tempfile
from contextlib import AbstractContextManager
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from workshop.eventsourcing.errors import ConcurrencyError
from workshop.eventsourcing.event import Event, StoredEvent
from workshop.eventsourcing.memory import MemoryEventStore
from workshop.eventsourcing.sqlite import SqliteEventStore
from workshop.eventsourcing.testing.store_contract import Clock, example_codec
from workshop.eventsourcing.testing.store_contract.examples import Jammed, Opened, Passed

STREAMS = st.sampled_from(["gate-1", "gate-2", "gate-10"])
EVENTS = st.one_of(
    st.builds(Opened, place=st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(Passed, visitor=st.integers(-(2**53), 2**53)),
    st.builds(Jammed, at=st.datetimes(timezones=st.just(UTC))),
)
BOUNDS = st.integers(-1, 12)
LIMITS = st.none() | st.integers(0, 8)


class StoresAgreeWithAModel(RuleBasedStateMachine):
    """The model is a list of envelopes; a transaction keeps a copy of it to go back to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.stores = (
            MemoryEventStore(example_codec(), clock=self.clock),
            SqliteEventStore(
                Path(self.folder.name) / "events.db",
                example_codec(),
                clock=self.clock,
                synchronous="NORMAL",
            ),
        )
        self.log: list[StoredEvent[Event]] = []
        self.checkpoints: dict[str, int] = {}
        self.undo: list[tuple[list[StoredEvent[Event]], dict[str, int]]] = []
        self.open: list[list[AbstractContextManager[None]]] = []

    def stream(self, name: str) -> list[StoredEvent[Event]]:
        return [each for each in self.log if each.stream == name]

    @rule(
        name=STREAMS,
        events=st.lists(EVENTS, max_size=4),
        error=st.sampled_from([0, 0, 0, -1, 1]),
        check=st.booleans(),
        metadata=st.dictionaries(st.sampled_from(["by", "for"]), st.text("aß\0")),
    )
    def append(
        self, name: str, events: list[Event], error: int, check: bool, metadata: dict[str, str]
    ) -> None:
        version = len(self.stream(name))
        expected = version + error if check else None
        if check and error:
            for store in self.stores:
                with pytest.raises(ConcurrencyError) as refusal:
                    store.append(name, events, expected_version=expected, metadata=metadata)
                assert (refusal.value.expected, refusal.value.actual) == (expected, version)
            return
        recorded_at = max([self.clock.now, *(each.recorded_at for each in self.log)])
        self.log = self.log + [
            StoredEvent(
                stream=name,
                version=version + n,
                position=len(self.log) + n,
                recorded_at=recorded_at,
                event=event,
                metadata=metadata,
            )
            for n, event in enumerate(events, start=1)
        ]
        last = max((each.position for each in self.stream(name)), default=0)
        for store in self.stores:
            appended = store.append(name, events, expected_version=expected, metadata=metadata)
            assert appended == (version + len(events), last)

    @rule(seconds=st.floats(-10, 10))
    def move_the_clock(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)

    @rule(
        name=STREAMS,
        after=BOUNDS,
        until=st.none() | BOUNDS,
        ago=st.none() | st.floats(-20, 20),
        backwards=st.booleans(),
        limit=LIMITS,
    )
    def read(
        self,
        name: str,
        after: int,
        until: int | None,
        ago: float | None,
        backwards: bool,
        limit: int | None,
    ) -> None:
        as_at = None if ago is None else self.clock.now - timedelta(seconds=ago)
        expected = [
            each
            for each in self.stream(name)
            if each.version > after
            and (until is None or each.version <= until)
            and (as_at is None or each.recorded_at <= as_at)
        ]
        expected = (expected[::-1] if backwards else expected)[:limit]
        for store in self.stores:
            found = store.read(
                name, after=after, until=until, as_at=as_at, backwards=backwards, limit=limit
            )
            assert list(found) == expected

    @rule(after=BOUNDS, types=st.lists(st.sampled_from([Opened, Passed, Jammed])), limit=LIMITS)
    def read_all(self, after: int, types: list[type[Event]], limit: int | None) -> None:
        expected = [
            each
            for each in self.log
            if each.position > after and (not types or type(each.event) in types)
        ][:limit]
        for store in self.stores:
            assert list(store.read_all(after=after, types=types, limit=limit)) == expected
            assert store.last_position() == len(self.log)

    @rule(name=st.sampled_from(["lead-times", "flow"]), position=st.integers(-1, 12))
    def move_a_checkpoint(self, name: str, position: int) -> None:
        current = self.checkpoints.get(name, 0)
        for store in self.stores:
            assert store.checkpoint(name) == current
            if position < current:
                with pytest.raises(ValueError, match="cannot go back"):
                    store.save_checkpoint(name, position)
            else:
                store.save_checkpoint(name, position)
        self.checkpoints = {**self.checkpoints, name: max(current, position)}

    @precondition(lambda self: len(self.open) < 3)
    @rule()
    def begin(self) -> None:
        self.undo.append((self.log, self.checkpoints))
        self.open.append([store.transaction() for store in self.stores])
        for transaction in self.open[-1]:
            transaction.__enter__()

    @precondition(lambda self: self.open)
    @rule()
    def commit(self) -> None:
        self.undo.pop()
        for transaction in self.open.pop():
            transaction.__exit__(None, None, None)

    @precondition(lambda self: self.open)
    @rule()
    def roll_back(self) -> None:
        self.log, self.checkpoints = self.undo.pop()
        for transaction in self.open.pop():
            error = ZeroDivisionError()
            assert not transaction.__exit__(ZeroDivisionError, error, None)

    def teardown(self) -> None:
        while self.open:
            self.roll_back()
        self.read_all(after=0, types=[], limit=None)
        for store in self.stores:
            store.close()
        self.folder.cleanup()


TestStoresAgreeWithAModel = StoresAgreeWithAModel.TestCase
TestStoresAgreeWithAModel.settings = settings(
    max_examples=60, stateful_step_count=30, derandomize=True, deadline=None
)
