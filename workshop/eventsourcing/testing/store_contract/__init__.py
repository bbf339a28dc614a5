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

import pytest

pytest.register_assert_rewrite(
    *(f"{__name__}.{part}" for part in ("streams", "reading", "history", "feed")),
    *(f"{__name__}.{part}" for part in ("transactions", "checkpoints", "closing")),
)

from workshop.eventsourcing.testing.store_contract.checkpoints import (  # noqa: E402  after the above
    CheckpointContract,
)
