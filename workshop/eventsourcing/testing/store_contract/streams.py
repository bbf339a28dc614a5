"""What a stream is: appended to in one piece, at the version the writer has seen."""
# ruff: noqa: D102  a test's name is its documentation

from datetime import UTC, datetime

import pytest

from ...errors import CodecError, ConcurrencyError
from ...event import Event
from ...store import EventStore
from .examples import Jammed, Opened, Passed, entered, facts, numbers

__all__ = ["StreamContract"]


class StreamContract:
    """`append` and `read`: what a store needs to load and save an aggregate."""

    def test_an_unknown_stream_has_no_events(self, store: EventStore) -> None:
        assert list(store.read("nowhere")) == []

    def test_what_was_appended_is_read_in_the_same_order(self, store: EventStore) -> None:
        events = [
            Opened(place="north"),
            *entered(1, 2),
            Jammed(at=datetime(2024, 1, 1, tzinfo=UTC)),
        ]
        store.append("gate-1", events, expected_version=0)
        assert facts(store.read("gate-1")) == events

    def test_versions_are_1_to_n_in_each_stream(self, store: EventStore) -> None:
        for stream in ("gate-1", "gate-2", "gate-1"):
            store.append(stream, entered(1, 2), expected_version=None)
        assert [each.version for each in store.read("gate-1")] == [1, 2, 3, 4]
        assert [each.version for each in store.read("gate-2")] == [1, 2]

    def test_a_stream_holds_its_own_events_only(self, store: EventStore) -> None:
        store.append("gate-1", entered(1), expected_version=0)
        store.append("gate-10", entered(10), expected_version=0)
        store.append("gate-", entered(0), expected_version=0)
        assert numbers(store.read("gate-1")) == [1]
        assert {each.stream for each in store.read("gate-1")} == {"gate-1"}

    def test_append_tells_the_new_version_and_the_last_position(self, store: EventStore) -> None:
        first = store.append("gate-1", entered(1, 2), expected_version=0)
        second = store.append("gate-1", entered(3), expected_version=first.version)
        assert (first.version, second.version) == (2, 3)
        assert [first.position, second.position] == [
            each.position for each in store.read("gate-1") if each.version in (2, 3)
        ]

    def test_a_writer_that_has_seen_too_little_is_refused(self, store: EventStore) -> None:
        store.append("gate-1", entered(1, 2), expected_version=0)
        with pytest.raises(ConcurrencyError) as refusal:
            store.append("gate-1", entered(3), expected_version=1)
        error = refusal.value
        assert (error.stream, error.expected, error.actual) == ("gate-1", 1, 2)
        assert numbers(store.read("gate-1")) == [1, 2]

    def test_a_stream_that_exists_is_not_new(self, store: EventStore) -> None:
        store.append("gate-1", entered(1), expected_version=0)
        with pytest.raises(ConcurrencyError):
            store.append("gate-1", entered(2), expected_version=0)
        assert numbers(store.read("gate-1")) == [1]

    def test_a_writer_cannot_have_seen_more_than_there_is(self, store: EventStore) -> None:
        with pytest.raises(ConcurrencyError):
            store.append("gate-1", entered(1), expected_version=1)
        assert list(store.read("gate-1")) == []

    def test_no_expected_version_appends_wherever_the_stream_is(self, store: EventStore) -> None:
        store.append("gate-1", entered(1), expected_version=None)
        assert store.append("gate-1", entered(2), expected_version=None).version == 2

    def test_appending_nothing_writes_nothing(self, store: EventStore) -> None:
        assert store.append("gate-1", [], expected_version=0) == (0, 0)
        last = store.append("gate-1", entered(1), expected_version=0)
        store.append("gate-2", entered(2), expected_version=0)
        assert store.append("gate-1", [], expected_version=1) == last
        assert numbers(store.read("gate-1")) == [1]

    def test_appending_nothing_still_checks_the_version(self, store: EventStore) -> None:
        with pytest.raises(ConcurrencyError):
            store.append("gate-1", [], expected_version=3)

    def test_one_event_that_cannot_be_encoded_keeps_all_out(self, store: EventStore) -> None:
        class Unnamed(Event):
            pass

        with pytest.raises(CodecError):
            store.append("gate-1", [Passed(visitor=1), Unnamed()], expected_version=0)
        assert list(store.read("gate-1")) == []

    def test_what_is_not_an_event_is_refused(self, store: EventStore) -> None:
        with pytest.raises(CodecError):
            store.append("gate-1", [Passed(visitor=1), "passed"], expected_version=0)  # type: ignore[list-item]
        assert list(store.read("gate-1")) == []

    def test_one_event_without_a_list_is_refused(self, store: EventStore) -> None:
        with pytest.raises(TypeError, match="put the Passed in a list"):
            store.append("gate-1", Passed(visitor=1), expected_version=0)  # type: ignore[arg-type]

    @pytest.mark.parametrize("name", ["", "gate-\ud800"])
    def test_a_name_that_cannot_be_kept_is_refused(self, store: EventStore, name: str) -> None:
        with pytest.raises(ValueError, match="stream"):
            store.append(name, entered(1), expected_version=0)
        with pytest.raises(ValueError, match="stream"):
            store.read(name)

    def test_a_name_may_hold_any_text(self, store: EventStore) -> None:
        for name in ("gate 1", "Tor-ß", "門-1", "a'; DROP TABLE events; --", "%", "_", "\n"):
            store.append(name, [Opened(place=name)], expected_version=0)
            assert facts(store.read(name)) == [Opened(place=name)]

    def test_metadata_travels_with_each_event_of_the_append(self, store: EventStore) -> None:
        metadata = {"correlation_id": "c-1", "causation_id": "ß"}
        store.append("gate-1", entered(1, 2), expected_version=0, metadata=metadata)
        store.append("gate-1", entered(3), expected_version=2)
        assert [each.metadata for each in store.read("gate-1")] == [metadata, metadata, {}]

    @pytest.mark.parametrize("metadata", [{"number": 1}, {1: "number"}, {"half": "\ud800"}])
    def test_metadata_that_is_not_text_is_refused(
        self, store: EventStore, metadata: dict[str, str]
    ) -> None:
        with pytest.raises(CodecError, match="metadata"):
            store.append("gate-1", entered(1), expected_version=0, metadata=metadata)
        assert list(store.read("gate-1")) == []
