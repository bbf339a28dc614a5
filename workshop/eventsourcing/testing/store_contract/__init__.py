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

from .checkpoints import CheckpointContract
from .closing import ClosingContract
from .examples import Clock, example_codec
from .feed import FeedContract
from .history import HistoryContract
from .reading import ReadingContract
from .streams import StreamContract
from .transactions import TransactionContract

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
