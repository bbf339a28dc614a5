"""The contract of every event store, read out to your store on PostgreSQL.

    python -m pytest exercises/contract_19_beyond_one_machine.py

These are the tests that `contract_09_event_store.py` reads out to your store of step 9, and no part
of the check. What step 9 leaves out is left out here, with one exception.
"""

import importlib

import pytest

from exercises import test_19_beyond_one_machine as step_19
from exercises.contract_09_event_store import BEYOND_STEP_9
from workshop.eventsourcing.testing import EventStoreContract, example_codec

A_SERVER_CAN = "test_an_error_in_an_inner_transaction_undoes_that_alone"

BEYOND_STEP_19 = {name: BEYOND_STEP_9[name] for name in BEYOND_STEP_9 if name != A_SERVER_CAN}
"""Tests of the contract, by name, with the reason why the store of step 19 does not pass them."""

database = step_19.database


# The threads that are not supported die with an error, which is no news.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
class TestYourPostgresEventStore(EventStoreContract):
    """Your store, on empty tables for each test."""

    @pytest.fixture(autouse=True)
    def _left_out(self, request):
        if reason := BEYOND_STEP_19.get(request.node.originalname):
            request.applymarker(pytest.mark.xfail(reason=reason))

    @pytest.fixture
    def store(self, clock, database):
        module = importlib.import_module("exercises.event_sourced.postgres_store")
        store = module.PostgresEventStore(database, example_codec(), clock=clock)
        store.connection.execute(step_19.EMPTY)
        yield store
        store.close()
