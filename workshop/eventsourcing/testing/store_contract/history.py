"""When events were recorded, and the stream as it was at any moment."""
# ruff: noqa: D102  a test's name is its documentation

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ...store import EventStore
from .examples import Clock, entered, numbers

__all__ = ["HistoryContract"]


class HistoryContract:
    """`recorded_at`, and `read` with `as_at`; the store tells the time by the fixture `clock`."""

    @pytest.fixture
    def clock(self) -> Clock:
        """The clock that the fixture `store` is to give its store."""
        return Clock()

    def test_recorded_at_is_the_clock_to_the_microsecond_in_utc(
        self, store: EventStore, clock: Clock
    ) -> None:
        store.append("gate-1", entered(1), expected_version=0)
        [stored] = store.read("gate-1")
        assert stored.recorded_at == clock.now
        assert stored.recorded_at.tzinfo is UTC

    def test_a_clock_of_another_zone_is_recorded_in_utc(
        self, store: EventStore, clock: Clock
    ) -> None:
        clock.now = datetime(2024, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
        store.append("gate-1", entered(1), expected_version=0)
        [stored] = store.read("gate-1")
        assert stored.recorded_at.isoformat() == "2024-06-30T23:30:00+00:00"

    def test_recorded_at_stays_when_the_clock_goes_back(
        self, store: EventStore, clock: Clock
    ) -> None:
        store.append("gate-1", entered(1), expected_version=0)
        first = clock.now
        clock.advance(hours=-1)
        store.append("gate-2", entered(2), expected_version=0)
        assert [each.recorded_at for each in store.read_all()] == [first, first]

    def test_events_from_before_1970_can_be_recorded(self, store: EventStore, clock: Clock) -> None:
        clock.now = datetime(1969, 7, 20, 20, 17, 40, 1, tzinfo=UTC)
        store.append("gate-1", entered(1), expected_version=0)
        assert [each.recorded_at for each in store.read("gate-1")] == [clock.now]

    def test_as_at_includes_the_moment_itself(self, store: EventStore, clock: Clock) -> None:
        store.append("gate-1", entered(1), expected_version=0)
        moment = clock.now
        clock.advance(microseconds=1)
        store.append("gate-1", entered(2), expected_version=1)
        assert numbers(store.read("gate-1", as_at=moment - timedelta(microseconds=1))) == []
        assert numbers(store.read("gate-1", as_at=moment)) == [1]
        assert numbers(store.read("gate-1", as_at=clock.now)) == [1, 2]

    def test_as_at_may_be_told_in_any_zone(self, store: EventStore, clock: Clock) -> None:
        store.append("gate-1", entered(1), expected_version=0)
        elsewhere = clock.now.astimezone(timezone(timedelta(hours=-7)))
        assert numbers(store.read("gate-1", as_at=elsewhere)) == [1]

    def test_as_at_goes_with_every_other_bound(self, store: EventStore, clock: Clock) -> None:
        for visitor in range(1, 6):
            store.append("gate-1", entered(visitor), expected_version=visitor - 1)
            clock.advance(seconds=1)
        moment = clock.now - timedelta(seconds=2)  # when the fourth came
        assert numbers(store.read("gate-1", as_at=moment, backwards=True)) == [4, 3, 2, 1]
        assert numbers(store.read("gate-1", as_at=moment, backwards=True, limit=1)) == [4]
        assert numbers(store.read("gate-1", as_at=moment, after=1, until=5)) == [2, 3, 4]

    def test_a_moment_without_time_zone_is_refused_at_once(self, store: EventStore) -> None:
        with pytest.raises(ValueError, match="no time zone"):
            store.read("gate-1", as_at=datetime(2024, 1, 1))  # noqa: DTZ001  the mistake itself

    def test_a_clock_without_time_zone_is_refused_and_nothing_written(
        self, store: EventStore, clock: Clock
    ) -> None:
        clock.now = datetime(2024, 1, 1)  # noqa: DTZ001  the mistake itself
        with pytest.raises(ValueError, match="no time zone"):
            store.append("gate-1", entered(1), expected_version=0)
        assert list(store.read("gate-1")) == []
