"""The end of a store's life."""
# ruff: noqa: D102, PT012  names are documentation; a transaction is a block that raises

from collections.abc import Callable

import pytest

from ...errors import StoreError
from ...store import EventStore
from .examples import entered

__all__ = ["ClosingContract"]


class ClosingContract:
    """`close`."""

    def test_closing_twice_is_harmless(self, store: EventStore) -> None:
        store.append("gate-1", entered(1), expected_version=0)
        store.close()
        store.close()

    @pytest.mark.parametrize(
        "use",
        [
            lambda store: store.append("gate-1", entered(1), expected_version=0),
            lambda store: list(store.read("gate-1")),
            lambda store: list(store.read_all()),
            lambda store: store.last_position(),
            lambda store: store.checkpoint("lead-times"),
            lambda store: store.save_checkpoint("lead-times", 1),
            lambda store: store.transaction().__enter__(),
        ],
        ids=["append", "read", "read_all", "last", "checkpoint", "save_checkpoint", "transaction"],
    )
    def test_a_closed_store_says_so(
        self, store: EventStore, use: Callable[[EventStore], object]
    ) -> None:
        store.close()
        with pytest.raises(StoreError, match="closed"):
            use(store)

    def test_a_store_that_is_closed_in_a_transaction_keeps_nothing_of_it(
        self, store: EventStore
    ) -> None:
        with pytest.raises(StoreError, match=r"closed|ended"), store.transaction():
            store.append("gate-1", entered(1), expected_version=0)
            store.close()
