"""The contract of every event store, as tests.

Subclass `EventStoreContract` in a test module, and provide the fixture `store`. Give the store
`example_codec()` and the fixture `clock`:

    class TestMyEventStore(EventStoreContract):
        @pytest.fixture
        def store(self, clock: Clock) -> Iterator[EventStore]:
            store = MyEventStore(example_codec(), clock=clock)
            yield store
            store.close()

A store that can do less takes the contracts of what it can do, such as `StreamContract` and
`FeedContract`.
"""
# ruff: noqa: E402  pytest explains assertions only in modules that it is told of before the import

import pytest

pytest.register_assert_rewrite(
    *(f"{__name__}.{part}" for part in ("streams", "reading", "history", "feed")),
    *(f"{__name__}.{part}" for part in ("transactions", "checkpoints", "closing")),
)

from workshop.eventsourcing.testing.store_contract.checkpoints import CheckpointContract
from workshop.eventsourcing.testing.store_contract.closing import ClosingContract
from workshop.eventsourcing.testing.store_contract.examples import Clock, example_codec
from workshop.eventsourcing.testing.store_contract.feed import FeedContract
from workshop.eventsourcing.testing.store_contract.history import HistoryContract
from workshop.eventsourcing.testing.store_contract.reading import ReadingContract
from workshop.eventsourcing.testing.store_contract.streams import StreamContract
from workshop.eventsourcing.testing.store_contract.transactions import TransactionContract

__all__ = [
    "CheckpointContract",
    "Clock",
    "ClosingContract",
    "EventStoreContract",
    "FeedContract",
    "HistoryContract",
    "ReadingContract",
    "StreamContract",
    "TransactionContract",
    "example_codec",
]


class EventStoreContract(
    StreamContract,
    ReadingContract,
    HistoryContract,
    FeedContract,
    TransactionContract,
    CheckpointContract,
    ClosingContract,
):
    """Everything that `EventStore` promises."""
