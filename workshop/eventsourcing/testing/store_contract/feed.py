"""All events of the store in one order, which readers follow."""
# ruff: noqa: D102  a test's name is its documentation

import threading

import pytest

from ...errors import CodecError
from ...event import Event
from ...store import EventStore
from .examples import Jammed, Opened, Passed, entered, facts, numbers

__all__ = ["FeedContract"]

MANY = 1_203
"""More than any store reads at once."""


class FeedContract:
    """`read_all` and `last_position`: what a projection needs."""

    def test_an_empty_store_has_no_events(self, store: EventStore) -> None:
        assert list(store.read_all()) == []
        assert store.last_position() == 0

    def test_the_events_of_all_streams_come_in_the_order_of_appending(
        self, store: EventStore
    ) -> None:
        for visitor, stream in enumerate(["gate-2", "gate-1", "gate-2", "gate-3"]):
            store.append(stream, entered(visitor), expected_version=None)
        assert numbers(store.read_all()) == [0, 1, 2, 3]
        assert [each.stream for each in store.read_all()] == [
            "gate-2",
            "gate-1",
            "gate-2",
            "gate-3",
        ]

    def test_positions_rise(self, store: EventStore) -> None:
        for stream in ("gate-1", "gate-2"):
            store.append(stream, entered(1, 2, 3), expected_version=0)
        positions = [each.position for each in store.read_all()]
        assert positions == sorted(set(positions))
        assert positions[0] > 0
        assert positions[-1] == store.last_position()

    def test_a_stream_and_the_feed_show_the_same_envelopes(self, store: EventStore) -> None:
        store.append("gate-1", entered(1, 2), expected_version=0, metadata={"by": "test"})
        assert list(store.read("gate-1")) == list(store.read_all())

    def test_after_leaves_out_the_position_itself(self, store: EventStore) -> None:
        first = store.append("gate-1", entered(1), expected_version=0)
        store.append("gate-2", entered(2), expected_version=0)
        assert numbers(store.read_all(after=first.position)) == [2]
        assert numbers(store.read_all(after=store.last_position())) == []

    def test_limit_stops_early(self, store: EventStore) -> None:
        store.append("gate-1", entered(1, 2, 3), expected_version=0)
        assert numbers(store.read_all(limit=2)) == [1, 2]
        assert numbers(store.read_all(limit=0)) == []
        with pytest.raises(ValueError, match="limit"):
            store.read_all(limit=-1)

    def test_types_choose_events_by_their_class(self, store: EventStore) -> None:
        store.append("gate-1", [Opened(place="north"), *entered(1)], expected_version=0)
        store.append("gate-2", [Opened(place="south"), *entered(2)], expected_version=0)
        assert facts(store.read_all(types=[Opened])) == [
            Opened(place="north"),
            Opened(place="south"),
        ]
        assert len(list(store.read_all(types=(Opened, Passed)))) == 4
        assert list(store.read_all(types=[Jammed])) == []

    def test_a_type_that_is_named_twice_is_read_once(self, store: EventStore) -> None:
        store.append("gate-1", entered(1, 2), expected_version=0)
        assert numbers(store.read_all(types=[Passed, Passed])) == [1, 2]

    def test_a_type_that_the_codec_does_not_know_is_refused_at_once(
        self, store: EventStore
    ) -> None:
        class Unnamed(Event):
            pass

        with pytest.raises(CodecError):
            store.read_all(types=[Unnamed])

    def test_a_long_feed_is_read_whole_with_and_without_types(self, store: EventStore) -> None:
        for visitor in range(0, MANY, 3):
            mixed = [Opened(place="x"), *entered(visitor, visitor + 1, visitor + 2)]
            store.append(f"gate-{visitor % 7}", mixed, expected_version=None)
        assert numbers(store.read_all()) == list(range(MANY))
        assert numbers(store.read_all(types=[Passed])) == list(range(MANY))
        both = [each.position for each in store.read_all(types=[Passed, Opened])]
        assert both == [each.position for each in store.read_all()]
        assert numbers(store.read_all(types=[Passed], limit=MANY - 1)) == list(range(MANY - 1))

    def test_appends_of_several_threads_leave_no_gap_in_any_stream(self, store: EventStore) -> None:
        def append(thread: int) -> None:
            for n in range(25):
                store.append("shared", entered(n), expected_version=None)
                store.append(f"own-{thread}", entered(n, -n), expected_version=2 * n)

        threads = [threading.Thread(target=append, args=[n]) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [each.version for each in store.read("shared")] == list(range(1, 101))
        for n in range(4):
            assert [each.version for each in store.read(f"own-{n}")] == list(range(1, 51))
        assert len(list(store.read_all())) == 300
