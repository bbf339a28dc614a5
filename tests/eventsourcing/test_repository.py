from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TypeAlias, assert_never

import pytest

from workshop.eventsourcing import (
    Aggregate,
    AggregateNotFoundError,
    CodecError,
    ConcurrencyError,
    Event,
    EventCodec,
    EventStore,
    HistoricalCopyError,
    Repository,
    retry_on_conflict,
)


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    account_id: str


@dataclass(frozen=True, kw_only=True)
class Paid(Event):
    amount: int


AccountEvent: TypeAlias = Opened | Paid
MINUTE = timedelta(minutes=1)


class Account(Aggregate[AccountEvent]):
    def __init__(self) -> None:
        self._id = ""
        self.balance = 0

    @property
    def id(self) -> str:
        return self._id

    @classmethod
    def open(cls, account_id: str) -> "Account":
        account = cls()
        account.record(Opened(account_id=account_id))
        return account

    def pay(self, amount: int) -> None:
        self.record(Paid(amount=amount))

    def apply(self, event: AccountEvent) -> None:
        match event:
            case Opened():
                self._id = event.account_id
            case Paid():
                self.balance += event.amount
            case _:
                assert_never(event)


@pytest.fixture
def store(new_store: Callable[[EventCodec], EventStore]) -> EventStore:
    return new_store(EventCodec(AccountEvent, names={"opened": Opened, "paid": Paid}))


@pytest.fixture
def accounts(store: EventStore) -> Repository[Account]:
    return Repository(Account, store, category="account")


@pytest.fixture
def account(accounts: Repository[Account]) -> Account:
    """An account of version 3: opened, +5, +2, a minute apart."""
    account = Account.open("a-1")
    accounts.save(account)
    for amount in (5, 2):
        account.pay(amount)
        accounts.save(account)
    return account


def test_what_was_saved_can_be_got(accounts: Repository[Account], account: Account) -> None:
    got = accounts.get("a-1")
    assert got is not account
    assert (got.id, got.balance, got.version, got.pending) == ("a-1", 7, 3, ())


def test_the_stream_is_named_after_category_and_id(store: EventStore, account: Account) -> None:
    assert [stored.event for stored in store.read("account-a-1")] == [
        Opened(account_id="a-1"),
        Paid(amount=5),
        Paid(amount=2),
    ]


def test_save_tells_version_and_position(accounts: Repository[Account], store: EventStore) -> None:
    account = Account.open("a-2")
    account.pay(1)
    assert accounts.save(account) == (2, store.last_position())


def test_saving_clears_what_was_pending(accounts: Repository[Account], account: Account) -> None:
    account.pay(1)
    accounts.save(account)
    assert account.pending == ()
    account.pay(1)
    accounts.save(account)
    assert accounts.get("a-1").version == 5


def test_metadata_is_kept_with_each_event(store: EventStore) -> None:
    account = Account.open("a-2")
    account.pay(1)
    Repository(Account, store, category="account").save(account, metadata={"by": "Ada"})
    assert [dict(stored.metadata) for stored in store.read("account-a-2")] == [{"by": "Ada"}] * 2


def test_an_unknown_id_is_not_found(accounts: Repository[Account]) -> None:
    with pytest.raises(
        AggregateNotFoundError, match="'account-a-9' had no events; check the id"
    ) as refusal:
        accounts.get("a-9")
    assert isinstance(refusal.value, LookupError)


def test_of_two_writers_the_second_is_refused(
    accounts: Repository[Account], account: Account
) -> None:
    one, other = accounts.get("a-1"), accounts.get("a-1")
    one.pay(1)
    other.pay(10)
    accounts.save(one)
    with pytest.raises(ConcurrencyError) as refusal:
        accounts.save(other)
    assert (refusal.value.expected, refusal.value.actual) == (3, 4)
    assert accounts.get("a-1").balance == 8


def test_what_could_not_be_saved_is_still_pending(
    accounts: Repository[Account], account: Account
) -> None:
    other = accounts.get("a-1")
    account.pay(1)
    accounts.save(account)
    other.pay(10)
    with pytest.raises(ConcurrencyError):
        accounts.save(other)
    assert other.pending == (Paid(amount=10),)


def test_an_event_that_cannot_be_stored_stays_pending(
    accounts: Repository[Account], account: Account
) -> None:
    account.pay(1.0)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(CodecError, match="amount"):
        accounts.save(account)
    assert account.pending == (Paid(amount=1),)
    assert accounts.get("a-1").version == 3


def test_saving_nothing_appends_nothing(
    accounts: Repository[Account], store: EventStore, account: Account
) -> None:
    last = store.last_position()
    assert accounts.save(account) == (3, last)
    assert store.last_position() == last


def test_saving_nothing_still_notices_another_writer(
    accounts: Repository[Account], account: Account
) -> None:
    stale = accounts.get("a-1")
    account.pay(1)
    accounts.save(account)
    with pytest.raises(ConcurrencyError):
        accounts.save(stale)


def test_an_aggregate_without_an_id_cannot_be_saved(accounts: Repository[Account]) -> None:
    with pytest.raises(ValueError, match="id is empty"):
        accounts.save(Account())


@pytest.mark.parametrize("category", ["", "sales-account"])
def test_a_category_cannot_run_into_another(store: EventStore, category: str) -> None:
    with pytest.raises(ValueError, match="hyphen"):
        Repository(Account, store, category=category)


@pytest.mark.parametrize(("version", "balance"), [(1, 0), (2, 5), (3, 7)])
def test_a_past_version_is_the_fold_of_a_shorter_history(
    accounts: Repository[Account], account: Account, version: int, balance: int
) -> None:
    past = accounts.get("a-1", at_version=version)
    assert (past.balance, past.version) == (balance, version)


@pytest.mark.parametrize(
    ("after", "balance"),
    [
        (timedelta(0), 0),
        (MINUTE - timedelta(microseconds=1), 0),
        (MINUTE, 5),
        (MINUTE + timedelta(seconds=1), 5),
        (2 * MINUTE, 7),
        (timedelta(days=1), 7),
    ],
)
def test_a_moment_counts_what_was_recorded_up_to_it(
    accounts: Repository[Account], account: Account, now: datetime, after: timedelta, balance: int
) -> None:
    assert accounts.get("a-1", as_at=now + after).balance == balance


def test_a_moment_may_be_of_any_zone(
    accounts: Repository[Account], account: Account, now: datetime
) -> None:
    here = (now + MINUTE).astimezone(timezone(timedelta(hours=-7)))
    assert accounts.get("a-1", as_at=here).balance == 5


def test_before_its_creation_there_was_nothing(
    accounts: Repository[Account], account: Account, now: datetime
) -> None:
    with pytest.raises(AggregateNotFoundError, match="had no events as at 2024-05-01 08:59:59"):
        accounts.get("a-1", as_at=now - timedelta(microseconds=1))


def test_a_version_that_is_not_reached_is_told_with_the_one_that_is(
    accounts: Repository[Account], account: Account
) -> None:
    with pytest.raises(AggregateNotFoundError) as refusal:
        accounts.get("a-1", at_version=4)
    assert str(refusal.value) == "stream 'account-a-1' had no version 4; it was at version 3"
    assert isinstance(refusal.value, LookupError)


def test_an_unknown_id_has_no_version_at_all(accounts: Repository[Account]) -> None:
    with pytest.raises(AggregateNotFoundError):
        accounts.get("a-9", at_version=1)


@pytest.mark.parametrize("version", [0, -1])
def test_versions_start_at_1(accounts: Repository[Account], account: Account, version: int) -> None:
    with pytest.raises(ValueError, match="the first version is 1"):
        accounts.get("a-1", at_version=version)


def test_a_moment_without_a_zone_is_refused(
    accounts: Repository[Account], account: Account
) -> None:
    with pytest.raises(ValueError, match="time zone"):
        accounts.get("a-1", as_at=datetime(2024, 5, 1))  # noqa: DTZ001  # naive on purpose


@pytest.mark.parametrize(("version", "minutes", "balance"), [(2, 9, 5), (3, 1, None), (2, 1, 5)])
def test_version_and_moment_together_both_count(
    accounts: Repository[Account],
    account: Account,
    now: datetime,
    version: int,
    minutes: int,
    balance: int | None,
) -> None:
    moment = now + minutes * MINUTE
    if balance is None:
        with pytest.raises(AggregateNotFoundError, match="had no version 3; it was at version 2"):
            accounts.get("a-1", at_version=version, as_at=moment)
    else:
        assert accounts.get("a-1", at_version=version, as_at=moment).balance == balance


def test_a_historical_copy_can_be_neither_changed_nor_saved(
    accounts: Repository[Account], account: Account, now: datetime
) -> None:
    for past in (accounts.get("a-1", at_version=3), accounts.get("a-1", as_at=now)):
        with pytest.raises(HistoricalCopyError, match="read-only"):
            past.pay(1)
        with pytest.raises(HistoricalCopyError, match="read-only"):
            accounts.save(past)


def test_after_a_conflict_everything_is_decided_again(
    accounts: Repository[Account], account: Account
) -> None:
    seen: list[int] = []

    def double() -> int:
        mine = accounts.get("a-1")
        seen.append(mine.balance)
        if len(seen) == 1:  # another writer comes in between
            account.pay(3)
            accounts.save(account)
        mine.pay(mine.balance)
        accounts.save(mine)
        return mine.balance

    assert retry_on_conflict(double) == 20
    assert seen == [7, 10]
    assert accounts.get("a-1").balance == 20


@pytest.mark.parametrize(("attempts", "times"), [(0, 1), (1, 1), (3, 3)])
def test_retrying_ends(attempts: int, times: int) -> None:
    tried: list[int] = []

    def lose() -> None:
        tried.append(1)
        raise ConcurrencyError("account-a-1", 1, 2)

    with pytest.raises(ConcurrencyError):
        retry_on_conflict(lose, attempts=attempts)
    assert len(tried) == times


def test_no_other_error_is_retried() -> None:
    tried: list[int] = []

    def fail() -> None:
        tried.append(1)
        raise LookupError

    with pytest.raises(LookupError):
        retry_on_conflict(fail)
    assert len(tried) == 1
