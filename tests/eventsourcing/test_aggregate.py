from dataclasses import dataclass
from typing import TypeAlias, assert_never

import pytest

from workshop.eventsourcing import Aggregate, Event, HistoricalCopyError


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    account_id: str


@dataclass(frozen=True, kw_only=True)
class Paid(Event):
    amount: int


AccountEvent: TypeAlias = Opened | Paid


class Account(Aggregate[AccountEvent]):
    def __init__(self) -> None:
        self._id = ""
        self.balance = 0

    @property
    def id(self) -> str:
        return self._id

    def apply(self, event: AccountEvent) -> None:
        match event:
            case Opened():
                self._id = event.account_id
            case Paid():
                if event.amount == 13:
                    raise ZeroDivisionError("a defect")
                self.balance += event.amount
            case _:
                assert_never(event)


HISTORY = (Opened(account_id="a-1"), Paid(amount=5), Paid(amount=-2))


def test_state_is_the_fold_of_history() -> None:
    account = Account.replay(iter(HISTORY))
    assert (account.id, account.balance, account.version) == ("a-1", 3, 3)


def test_replay_leaves_nothing_pending() -> None:
    assert Account.replay(HISTORY).pending == ()


def test_an_empty_history_is_no_aggregate() -> None:
    with pytest.raises(ValueError, match="Account cannot be replayed from no events"):
        Account.replay([])


def test_a_recorded_event_is_applied_and_pending() -> None:
    account = Account.replay(HISTORY)
    account.record(Paid(amount=4))
    account.record(Paid(amount=1))
    assert account.balance == 8
    assert account.version == 5
    assert account.pending == (Paid(amount=4), Paid(amount=1))


def test_what_is_marked_saved_is_no_longer_pending() -> None:
    account = Account.replay(HISTORY)
    account.record(Paid(amount=4))
    account.mark_saved()
    assert account.pending == ()
    assert account.version == 4


def test_what_was_pending_before_stays_as_it_was_handed_out() -> None:
    account = Account.replay(HISTORY)
    account.record(Paid(amount=4))
    before = account.pending
    account.record(Paid(amount=1))
    assert before == (Paid(amount=4),)


def test_an_event_that_cannot_be_applied_is_not_recorded() -> None:
    account = Account.replay(HISTORY)
    account.record(Paid(amount=4))
    with pytest.raises(ZeroDivisionError):
        account.record(Paid(amount=13))
    assert account.pending == (Paid(amount=4),)
    assert account.version == 4


def test_aggregates_share_nothing() -> None:
    one, other = Account(), Account()
    one.record(Opened(account_id="a-1"))
    assert other.pending == ()
    assert other.version == 0


def test_a_later_history_can_be_folded_onto_a_restored_state() -> None:
    restored = Account.replay(HISTORY[:2])
    account = Account.replay(HISTORY[2:], onto=restored, version=2)
    assert (account.balance, account.version) == (3, 3)


def test_a_restored_state_may_be_the_latest() -> None:
    restored = Account.replay(HISTORY)
    assert Account.replay([], onto=restored, version=3).version == 3


def test_a_historical_copy_records_nothing() -> None:
    account = Account.replay(HISTORY)
    account.mark_historical()
    with pytest.raises(HistoricalCopyError, match="read-only copy of its past, at version 3"):
        account.record(Paid(amount=1))
    assert (account.balance, account.version, account.pending) == (3, 3, ())


def test_an_aggregate_needs_apply_and_an_id() -> None:
    class Nothing(Aggregate[AccountEvent]):
        pass

    with pytest.raises(TypeError, match="abstract"):
        Nothing()  # type: ignore[abstract]


def test_an_id_may_be_an_attribute() -> None:
    class Plain(Aggregate[Opened]):
        id: str = ""

        def apply(self, event: Opened) -> None:
            self.id = event.account_id

    assert Plain.replay([Opened(account_id="p-1")]).id == "p-1"
