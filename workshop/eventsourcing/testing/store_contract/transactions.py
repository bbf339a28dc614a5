"""Several appends in one commit."""
# ruff: noqa: D102, PT012  names are documentation; a transaction is a block that raises

import threading
from contextlib import suppress

import pytest

from ...errors import ConcurrencyError
from ...store import EventStore
from .examples import entered, numbers

__all__ = ["TransactionContract"]


class _StopError(Exception):
    """Raised by a test inside a transaction."""


class TransactionContract:
    """`transaction`: all that is done inside is kept, or none of it."""

    def test_what_is_appended_inside_is_there_afterwards(self, store: EventStore) -> None:
        with store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            store.append("gate-2", entered(2), expected_version=0)
            store.append("gate-1", entered(3), expected_version=1)
        assert numbers(store.read_all()) == [1, 2, 3]

    def test_an_error_inside_undoes_everything(self, store: EventStore) -> None:
        store.append("gate-1", entered(1), expected_version=0)
        last = store.last_position()
        with pytest.raises(_StopError), store.transaction():
            store.append("gate-1", entered(2), expected_version=1)
            store.append("gate-2", entered(3), expected_version=0)
            raise _StopError
        assert numbers(store.read_all()) == [1]
        assert store.last_position() == last

    def test_after_an_error_the_store_goes_on_where_it_was(self, store: EventStore) -> None:
        with suppress(_StopError), store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            raise _StopError
        assert store.append("gate-1", entered(2), expected_version=0).version == 1
        assert numbers(store.read("gate-1")) == [2]

    def test_a_refused_append_undoes_the_transaction_that_it_leaves(
        self, store: EventStore
    ) -> None:
        with pytest.raises(ConcurrencyError), store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            store.append("gate-2", entered(2), expected_version=7)
        assert list(store.read_all()) == []

    def test_a_refused_append_that_is_caught_inside_takes_nothing_with_it(
        self, store: EventStore
    ) -> None:
        with store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            with suppress(ConcurrencyError):
                store.append("gate-1", entered(2), expected_version=7)
            store.append("gate-1", entered(3), expected_version=1)
        assert numbers(store.read("gate-1")) == [1, 3]

    def test_inside_one_reads_what_one_has_appended(self, store: EventStore) -> None:
        with store.transaction():
            appended = store.append("gate-1", entered(1), expected_version=0)
            assert numbers(store.read("gate-1")) == [1]
            assert numbers(store.read_all()) == [1]
            assert store.last_position() == appended.position

    def test_other_threads_see_nothing_before_the_commit(self, store: EventStore) -> None:
        seen: list[object] = []

        def look() -> None:
            seen.append((numbers(store.read_all()), numbers(store.read("gate-1"))))
            seen.append(store.last_position())

        with store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            other = threading.Thread(target=look)
            other.start()
            other.join()
        assert seen == [([], []), 0]
        assert numbers(store.read_all()) == [1]

    def test_a_transaction_within_another_is_committed_with_it(self, store: EventStore) -> None:
        with pytest.raises(_StopError), store.transaction():
            with store.transaction():
                store.append("gate-1", entered(1), expected_version=0)
            raise _StopError
        assert list(store.read_all()) == []

    def test_an_error_in_an_inner_transaction_undoes_that_alone(self, store: EventStore) -> None:
        with store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            with suppress(_StopError), store.transaction():
                store.append("gate-1", entered(2), expected_version=1)
                with suppress(_StopError), store.transaction():
                    store.append("gate-1", entered(3), expected_version=2)
                    raise _StopError
                assert numbers(store.read("gate-1")) == [1, 2]
                raise _StopError
            store.append("gate-1", entered(4), expected_version=1)
        assert numbers(store.read("gate-1")) == [1, 4]

    def test_positions_rise_across_a_transaction_that_was_undone(self, store: EventStore) -> None:
        first = store.append("gate-1", entered(1), expected_version=0)
        with suppress(_StopError), store.transaction():
            store.append("gate-1", entered(2, 3), expected_version=1)
            raise _StopError
        store.append("gate-1", entered(4), expected_version=1)
        assert numbers(store.read_all(after=first.position)) == [4]
