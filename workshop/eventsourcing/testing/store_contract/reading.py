"""Which part of a stream is read, and in which direction."""
# ruff: noqa: D102  a test's name is its documentation

import pytest

from ...store import EventStore
from .examples import entered, numbers

__all__ = ["ReadingContract"]

MANY = 1_203
"""More than any store reads at once."""


class ReadingContract:
    """`read` with `after`, `until`, `backwards` and `limit`."""

    @pytest.fixture
    def five(self, store: EventStore) -> EventStore:
        """A store whose stream `gate-1` has five events, between those of another."""
        for visitor in range(1, 6):
            store.append("gate-1", entered(visitor), expected_version=visitor - 1)
            store.append("gate-2", entered(-visitor), expected_version=visitor - 1)
        return store

    def test_after_leaves_out_the_version_itself(self, five: EventStore) -> None:
        assert numbers(five.read("gate-1", after=2)) == [3, 4, 5]
        assert numbers(five.read("gate-1", after=5)) == []

    def test_until_includes_the_version_itself(self, five: EventStore) -> None:
        assert numbers(five.read("gate-1", until=2)) == [1, 2]
        assert numbers(five.read("gate-1", until=9)) == [1, 2, 3, 4, 5]

    def test_until_0_is_before_the_first_event(self, five: EventStore) -> None:
        assert numbers(five.read("gate-1", until=0)) == []

    def test_after_and_until_cut_on_both_sides(self, five: EventStore) -> None:
        assert numbers(five.read("gate-1", after=1, until=3)) == [2, 3]
        assert numbers(five.read("gate-1", after=3, until=3)) == []

    def test_backwards_starts_with_the_newest(self, five: EventStore) -> None:
        assert numbers(five.read("gate-1", backwards=True)) == [5, 4, 3, 2, 1]
        assert numbers(five.read("gate-1", after=1, until=4, backwards=True)) == [4, 3, 2]

    def test_limit_counts_from_where_reading_starts(self, five: EventStore) -> None:
        assert numbers(five.read("gate-1", limit=2)) == [1, 2]
        assert numbers(five.read("gate-1", backwards=True, limit=2)) == [5, 4]
        assert numbers(five.read("gate-1", limit=9)) == [1, 2, 3, 4, 5]

    def test_limit_0_reads_nothing(self, five: EventStore) -> None:
        assert list(five.read("gate-1", limit=0)) == []

    def test_a_negative_limit_is_refused_at_once(self, five: EventStore) -> None:
        with pytest.raises(ValueError, match="limit"):
            five.read("gate-1", limit=-1)

    def test_a_long_stream_is_read_whole(self, store: EventStore) -> None:
        store.append("gate-1", entered(*range(1, MANY + 1)), expected_version=0)
        everything = list(range(1, MANY + 1))
        assert numbers(store.read("gate-1")) == everything
        assert numbers(store.read("gate-1", backwards=True)) == everything[::-1]
        assert numbers(store.read("gate-1", limit=MANY - 1)) == everything[:-1]
        assert numbers(store.read("gate-1", after=1, until=MANY - 1)) == everything[1:-1]

    def test_a_reader_that_stopped_halfway_keeps_no_writer_waiting(self, five: EventStore) -> None:
        reader = five.read("gate-1")
        next(reader)
        five.append("gate-1", entered(6), expected_version=5)
        assert numbers(reader)[:4] == [2, 3, 4, 5]
