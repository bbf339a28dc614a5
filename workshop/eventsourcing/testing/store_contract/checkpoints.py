"""How far each follower has read, moved in the same commit as what it wrote."""
# ruff: noqa: D102  a test's name is its documentation

import threading
from contextlib import suppress

import pytest

from ...store import EventStore
from .examples import entered, numbers

__all__ = ["CheckpointContract"]


class _StopError(Exception):
    """Raised by a test inside a transaction."""


class CheckpointContract:
    """`checkpoint` and `save_checkpoint`, alone and inside `transaction`."""

    def test_a_follower_starts_at_0(self, store: EventStore) -> None:
        assert store.checkpoint("lead-times") == 0

    def test_a_checkpoint_is_kept_under_its_name(self, store: EventStore) -> None:
        store.append("gate-1", entered(1, 2, 3), expected_version=0)
        store.save_checkpoint("lead-times", 2)
        store.save_checkpoint("cumulative-flow", 3)
        assert store.checkpoint("lead-times") == 2
        assert store.checkpoint("cumulative-flow") == 3

    def test_a_checkpoint_may_stay_where_it_is(self, store: EventStore) -> None:
        store.append("gate-1", entered(1, 2), expected_version=0)
        store.save_checkpoint("lead-times", 2)
        store.save_checkpoint("lead-times", 2)
        assert store.checkpoint("lead-times") == 2

    def test_a_checkpoint_does_not_go_back(self, store: EventStore) -> None:
        store.append("gate-1", entered(1, 2), expected_version=0)
        store.save_checkpoint("lead-times", 2)
        with pytest.raises(ValueError, match="cannot go back to 1"):
            store.save_checkpoint("lead-times", 1)
        assert store.checkpoint("lead-times") == 2

    def test_a_checkpoint_is_no_event(self, store: EventStore) -> None:
        store.append("gate-1", entered(1), expected_version=0)
        store.save_checkpoint("gate-1", 1)
        assert numbers(store.read_all()) == [1]

    def test_checkpoint_and_events_are_committed_together(self, store: EventStore) -> None:
        with store.transaction():
            appended = store.append("gate-1", entered(1), expected_version=0)
            store.save_checkpoint("lead-times", appended.position)
            assert store.checkpoint("lead-times") == appended.position
        assert store.checkpoint("lead-times") == appended.position

    def test_an_error_undoes_checkpoint_and_events_together(self, store: EventStore) -> None:
        first = store.append("gate-1", entered(1), expected_version=0)
        store.save_checkpoint("lead-times", first.position)
        with suppress(_StopError), store.transaction():
            second = store.append("gate-1", entered(2), expected_version=1)
            store.save_checkpoint("lead-times", second.position)
            raise _StopError
        assert store.checkpoint("lead-times") == first.position
        assert numbers(store.read_all()) == [1]

    def test_other_threads_see_no_checkpoint_before_the_commit(self, store: EventStore) -> None:
        seen: list[int] = []
        with store.transaction():
            appended = store.append("gate-1", entered(1), expected_version=0)
            store.save_checkpoint("lead-times", appended.position)
            other = threading.Thread(target=lambda: seen.append(store.checkpoint("lead-times")))
            other.start()
            other.join()
        assert seen == [0]
