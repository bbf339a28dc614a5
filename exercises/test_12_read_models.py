"""Step 12: a question the model cannot answer is a projection."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from workshop.eventsourcing import Event, StoredEvent

HOUR = timedelta(hours=1)


def october(day, hour=9, minute=0):
    """A moment in October 2025, whose sixth day is a Monday."""
    return datetime(2025, 10, day, hour, minute, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class ColumnPainted(Event):
    """An event that a newer program records, and that yours has never heard of."""

    column_id: str
    colour: str


class Recorded:
    """What was recorded, in the order in which it happened; a read model reads it later."""

    def __init__(self, events):
        self._events = events
        self._stored = []

    def event(self, when, event, stream="board-support"):
        position = len(self._stored) + 1
        version = sum(earlier.stream == stream for earlier in self._stored) + 1
        self._stored.append(StoredEvent(stream, version, position, when, event, {}))

    def scheduled(self, when, item, column="to-do", board="support"):
        event = self._events.WorkItemScheduled(work_item_id=item, column_id=column)
        self.event(when, event, f"board-{board}")

    def advanced(self, when, item, left="to-do", entered="doing", board="support"):
        event = self._events.WorkItemAdvanced(
            work_item_id=item, from_column_id=left, to_column_id=entered
        )
        self.event(when, event, f"board-{board}")

    def abandoned(self, when, item, column="to-do", board="support"):
        event = self._events.WorkItemAbandoned(work_item_id=item, column_id=column)
        self.event(when, event, f"board-{board}")

    def retired(self, when, item, column="to-do", board="support"):
        event = self._events.WorkItemRetired(work_item_id=item, column_id=column)
        self.event(when, event, f"board-{board}")

    def read_by(self, model):
        for stored in self._stored:
            model.project(stored)
        return model


@pytest.fixture
def recorded(events):
    """Nothing yet. Most boards of these tests have one column: it is the last one, too."""
    return Recorded(events)


@pytest.fixture
def flow_of(event_sourced):
    """Make a cumulative flow of a board that has read what was recorded."""

    def flow_of(recorded, board="support", **zone):
        return recorded.read_by(event_sourced.CumulativeFlow(board, **zone))

    return flow_of


def end_of(flow, day):
    """What there was at the end of a day of October; whether a 0 is told makes no difference."""
    told = flow.on(date(2025, 10, day))
    return {place: items for place, items in told.items() if items != 0}


# Events that say nothing to a read model


def an_event_of_a_column(events):
    return events.WipLimitChanged(column_id="to-do", wip_limit=2)


def an_event_of_an_item(events):
    return events.WorkItemRenamed(name="Fix the login")


def an_event_of_tomorrow(events):
    return ColumnPainted(column_id="to-do", colour="green")


every_stranger = pytest.mark.parametrize(
    "stranger",
    [
        pytest.param(an_event_of_a_column, id="that a column was given a limit"),
        pytest.param(an_event_of_an_item, id="that an item was renamed"),
        pytest.param(an_event_of_tomorrow, id="that is of a kind it has never heard of"),
    ],
)


# Lead times


@pytest.fixture
def lead_times(event_sourced):
    """A read model that has read nothing yet."""
    return event_sourced.LeadTimes()


def test_a_lead_time_runs_from_scheduled_to_retired(recorded, lead_times):
    recorded.scheduled(october(6), "repair")
    recorded.retired(october(9), "repair")

    recorded.read_by(lead_times)

    assert lead_times.finished == (("repair", 72 * HOUR),)


def test_a_lead_time_is_exact_to_the_minute(recorded, lead_times):
    recorded.scheduled(october(6, 9, 10), "repair")
    recorded.retired(october(7, 11, 25), "repair")

    recorded.read_by(lead_times)

    assert lead_times.finished == (("repair", timedelta(days=1, hours=2, minutes=15)),)


def test_waiting_in_the_first_column_belongs_to_the_lead_time(recorded, lead_times):
    recorded.scheduled(october(6), "repair")
    recorded.advanced(october(7), "repair")
    recorded.retired(october(9), "repair", "doing")

    recorded.read_by(lead_times)

    assert lead_times.finished == (("repair", 72 * HOUR),)


def test_every_item_has_a_lead_time_of_its_own(recorded, lead_times):
    recorded.scheduled(october(6), "repair")
    recorded.scheduled(october(7), "report")
    recorded.retired(october(9), "repair")
    recorded.retired(october(14), "report")

    recorded.read_by(lead_times)

    assert dict(lead_times.finished) == {"repair": 72 * HOUR, "report": 168 * HOUR}


def test_who_came_first_need_not_be_finished_first(recorded, lead_times):
    recorded.scheduled(october(6), "report")
    recorded.scheduled(october(7), "repair")
    recorded.retired(october(8), "repair")
    recorded.retired(october(16), "report")

    recorded.read_by(lead_times)

    assert dict(lead_times.finished) == {"repair": 24 * HOUR, "report": 240 * HOUR}


def test_what_was_finished_first_is_told_first(recorded, lead_times):
    for item in ("login", "report", "repair"):
        recorded.scheduled(october(6), item)
    for item in ("report", "repair", "login"):
        recorded.retired(october(7), item)

    recorded.read_by(lead_times)

    assert [item for item, _ in lead_times.finished] == ["report", "repair", "login"]


def test_unfinished_work_has_no_lead_time(recorded, lead_times):
    recorded.scheduled(october(6), "repair")
    recorded.advanced(october(7), "repair")

    recorded.read_by(lead_times)

    assert lead_times.finished == ()


def test_abandoned_work_has_no_lead_time(recorded, lead_times):
    recorded.scheduled(october(6), "repair")
    recorded.abandoned(october(7), "repair")

    recorded.read_by(lead_times)

    assert lead_times.finished == ()


def test_time_counts_from_the_first_time_that_an_item_was_scheduled(recorded, lead_times):
    recorded.scheduled(october(6), "repair")
    recorded.abandoned(october(7), "repair")
    recorded.scheduled(october(13), "repair")
    recorded.retired(october(14), "repair")

    recorded.read_by(lead_times)

    assert lead_times.finished == (("repair", 192 * HOUR),), "somebody has waited all the time"


def a_repair_that_is_finished_and_breaks_again(recorded):
    recorded.scheduled(october(6), "repair")
    recorded.retired(october(8), "repair")
    recorded.scheduled(october(20), "repair")
    recorded.retired(october(21), "repair")


def test_an_item_that_comes_back_after_it_was_retired_begins_anew(recorded, lead_times):
    a_repair_that_is_finished_and_breaks_again(recorded)

    recorded.read_by(lead_times)

    assert lead_times.finished[-1] == ("repair", 24 * HOUR)


def test_an_item_that_was_finished_twice_has_two_lead_times(recorded, lead_times):
    a_repair_that_is_finished_and_breaks_again(recorded)

    recorded.read_by(lead_times)

    assert [item for item, _ in lead_times.finished] == ["repair", "repair"]


def test_an_item_that_goes_on_to_another_board_has_waited_since_the_first(recorded, lead_times):
    recorded.scheduled(october(6), "repair", board="support")
    recorded.abandoned(october(7), "repair", board="support")
    recorded.scheduled(october(7), "repair", board="workshop")
    recorded.retired(october(9), "repair", board="workshop")

    recorded.read_by(lead_times)

    assert lead_times.finished == (("repair", 72 * HOUR),)


@every_stranger
def test_lead_times_pass_over_an_event(recorded, lead_times, events, stranger):
    recorded.scheduled(october(6), "repair")
    recorded.event(october(7), stranger(events))
    recorded.retired(october(9), "repair")

    recorded.read_by(lead_times)

    assert lead_times.finished == (("repair", 72 * HOUR),)


def test_new_lead_times_over_the_same_events_tell_the_same(recorded, event_sourced):
    recorded.scheduled(october(6), "repair")
    recorded.scheduled(october(7), "login")
    recorded.retired(october(9), "repair")
    told = recorded.read_by(event_sourced.LeadTimes()).finished

    again = recorded.read_by(event_sourced.LeadTimes()).finished

    assert again == told


# Their average


def test_the_average_is_the_mean_of_all_lead_times(recorded, lead_times):
    for item, hours in {"login": 1, "report": 2, "repair": 9}.items():
        recorded.scheduled(october(6), item)
        recorded.retired(october(6) + hours * HOUR, item)

    recorded.read_by(lead_times)

    assert lead_times.average() == 4 * HOUR


def test_unfinished_work_leaves_the_average_as_it_is(recorded, lead_times):
    recorded.scheduled(october(6), "repair")
    recorded.scheduled(october(6), "report")
    recorded.retired(october(6, 15), "repair")

    recorded.read_by(lead_times)

    assert lead_times.average() == 6 * HOUR


def test_the_average_of_nothing_is_none(lead_times):
    assert lead_times.average() is None


def test_the_average_is_none_as_long_as_nothing_is_finished(recorded, lead_times):
    recorded.scheduled(october(6), "repair")

    recorded.read_by(lead_times)

    assert lead_times.average() is None


def test_an_average_of_no_time_at_all_is_an_average(recorded, lead_times):
    recorded.scheduled(october(6), "repair")
    recorded.retired(october(6), "repair")

    recorded.read_by(lead_times)

    assert lead_times.average() == timedelta(0)


def test_the_average_follows_what_is_finished(recorded, lead_times, events):
    recorded.scheduled(october(6), "repair")
    recorded.retired(october(6, 11), "repair")
    recorded.read_by(lead_times)
    before = lead_times.average()

    later = Recorded(events)
    later.scheduled(october(7), "report")
    later.retired(october(7, 13), "report")
    later.read_by(lead_times)

    assert (before, lead_times.average()) == (2 * HOUR, 3 * HOUR)


# Cumulative flow


def test_a_scheduled_item_is_in_the_column_that_it_entered(recorded, flow_of):
    recorded.scheduled(october(6), "repair", "to-do")

    flow = flow_of(recorded)

    assert end_of(flow, 6) == {"to-do": 1}


def test_an_advanced_item_is_in_the_column_that_it_entered(recorded, flow_of):
    recorded.scheduled(october(6), "repair")
    recorded.advanced(october(6), "repair", "to-do", "doing")

    flow = flow_of(recorded)

    assert end_of(flow, 6).get("doing", 0) == 1


def test_an_advanced_item_is_not_in_the_column_that_it_left(recorded, flow_of):
    recorded.scheduled(october(6), "repair")
    recorded.advanced(october(6), "repair", "to-do", "doing")

    flow = flow_of(recorded)

    assert end_of(flow, 6).get("to-do", 0) == 0


def test_an_abandoned_item_is_in_no_column(recorded, flow_of):
    recorded.scheduled(october(6), "repair")
    recorded.scheduled(october(6), "report")
    recorded.abandoned(october(6), "repair")

    flow = flow_of(recorded)

    assert end_of(flow, 6).get("to-do", 0) == 1, "the report is left"


def test_an_abandoned_item_is_not_finished(recorded, flow_of, event_sourced):
    recorded.scheduled(october(6), "repair")
    recorded.abandoned(october(6), "repair")

    flow = flow_of(recorded)

    assert end_of(flow, 6).get(event_sourced.FINISHED, 0) == 0


def test_a_retired_item_is_in_no_column(recorded, flow_of):
    recorded.scheduled(october(6), "repair")
    recorded.retired(october(6), "repair")

    flow = flow_of(recorded)

    assert end_of(flow, 6).get("to-do", 0) == 0


def test_a_retired_item_is_finished(recorded, flow_of, event_sourced):
    recorded.scheduled(october(6), "repair")
    recorded.retired(october(6), "repair")

    flow = flow_of(recorded)

    assert end_of(flow, 6).get(event_sourced.FINISHED, 0) == 1


def test_every_item_in_a_column_counts(recorded, flow_of):
    for item in ("login", "report", "repair"):
        recorded.scheduled(october(6), item)
    recorded.advanced(october(6), "report")

    flow = flow_of(recorded)

    assert end_of(flow, 6) == {"to-do": 2, "doing": 1}


def test_an_item_that_was_abandoned_can_come_back(recorded, flow_of):
    recorded.scheduled(october(6), "repair")
    recorded.abandoned(october(6), "repair")
    recorded.scheduled(october(6), "repair")

    flow = flow_of(recorded)

    assert end_of(flow, 6) == {"to-do": 1}


def test_an_item_that_comes_back_stays_finished_and_is_in_a_column_again(
    recorded, flow_of, event_sourced
):
    recorded.scheduled(october(6), "repair")
    recorded.retired(october(6), "repair")
    recorded.scheduled(october(6), "repair")

    flow = flow_of(recorded)

    assert end_of(flow, 6) == {event_sourced.FINISHED: 1, "to-do": 1}


def test_an_item_that_was_retired_twice_was_finished_twice(recorded, flow_of, event_sourced):
    for day in (6, 7):
        recorded.scheduled(october(day), "repair")
        recorded.retired(october(day), "repair")

    flow = flow_of(recorded)

    assert end_of(flow, 7) == {event_sourced.FINISHED: 2}


def test_a_day_ends_as_its_last_event_left_it(recorded, flow_of):
    recorded.scheduled(october(6, 9), "repair")
    recorded.scheduled(october(6, 12), "report")
    recorded.scheduled(october(6, 17), "login")

    flow = flow_of(recorded)

    assert end_of(flow, 6) == {"to-do": 3}


def test_a_day_ends_as_it_ended_whatever_happened_later(recorded, flow_of):
    recorded.scheduled(october(6), "repair")
    recorded.advanced(october(7), "repair", "to-do", "doing")
    recorded.advanced(october(8), "repair", "doing", "review")

    flow = flow_of(recorded)

    assert [end_of(flow, day) for day in (6, 7, 8)] == [{"to-do": 1}, {"doing": 1}, {"review": 1}]


def test_what_was_finished_on_earlier_days_still_counts(recorded, flow_of, event_sourced):
    for day in (6, 7, 8):
        recorded.scheduled(october(day), f"item of day {day}")
        recorded.retired(october(day), f"item of day {day}")

    flow = flow_of(recorded)

    told = [end_of(flow, day).get(event_sourced.FINISHED, 0) for day in (6, 7, 8)]
    assert told == [1, 2, 3]


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(11, id="between two days with events"),
        pytest.param(31, id="after the last event"),
    ],
)
def test_a_day_without_events_ends_as_the_day_before(recorded, flow_of, day):
    recorded.scheduled(october(6), "repair")
    recorded.scheduled(october(10), "report")
    recorded.scheduled(october(13), "login")
    recorded.abandoned(october(14), "login")

    flow = flow_of(recorded)

    assert end_of(flow, day) == {"to-do": 2}


def test_before_the_first_event_there_is_nothing(recorded, flow_of):
    recorded.scheduled(october(6), "repair")

    flow = flow_of(recorded)

    assert end_of(flow, 5) == {}


def test_a_board_of_which_nothing_was_recorded_has_nothing(recorded, flow_of):
    flow = flow_of(recorded)

    assert end_of(flow, 6) == {}


@pytest.mark.parametrize(
    ("moment", "hours", "day"),
    [
        pytest.param(october(6, 22, 30), 2, 7, id="two hours ahead of UTC, after its midnight"),
        pytest.param(october(7, 5, 30), -7, 6, id="seven hours behind UTC, before its midnight"),
    ],
)
def test_a_day_is_one_of_the_zone(recorded, flow_of, moment, hours, day):
    recorded.scheduled(moment, "repair")

    flow = flow_of(recorded, zone=timezone(hours * HOUR))

    assert [end_of(flow, day - 1), end_of(flow, day)] == [{}, {"to-do": 1}]


def test_without_a_zone_a_day_is_one_of_utc(recorded, flow_of):
    recorded.scheduled(october(6, 23, 59), "repair")
    recorded.scheduled(october(7, 0, 0), "report")

    flow = flow_of(recorded)

    assert [end_of(flow, 6), end_of(flow, 7)] == [{"to-do": 1}, {"to-do": 2}]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("sales", id="of another name"),
        pytest.param("support-2", id="whose id begins in the same way"),
    ],
)
def test_what_happens_does_not_count_if_it_happens_on_a_board(recorded, flow_of, other):
    recorded.scheduled(october(6), "repair", board="support")
    recorded.scheduled(october(6), "report", board=other)
    recorded.advanced(october(7), "report", board=other)

    flow = flow_of(recorded, "support")

    assert [end_of(flow, 6), end_of(flow, 7)] == [{"to-do": 1}, {"to-do": 1}]


@every_stranger
def test_cumulative_flow_passes_over_an_event(recorded, flow_of, events, stranger):
    recorded.scheduled(october(6), "repair")
    recorded.event(october(7), stranger(events))
    recorded.scheduled(october(8), "report")

    flow = flow_of(recorded)

    assert [end_of(flow, day) for day in (6, 7, 8)] == [{"to-do": 1}, {"to-do": 1}, {"to-do": 2}]


def test_an_answer_stays_as_it_was_given(recorded, flow_of, events):
    recorded.scheduled(october(6, 9), "repair")
    flow = flow_of(recorded)
    answer = flow.on(date(2025, 10, 6))

    later = Recorded(events)
    later.scheduled(october(6, 10), "report")
    later.read_by(flow)

    assert answer["to-do"] == 1, "who asked at noon drew a chart, and may still be looking at it"


def test_a_new_cumulative_flow_over_the_same_events_tells_the_same(recorded, flow_of):
    recorded.scheduled(october(6), "repair")
    recorded.advanced(october(7), "repair")
    recorded.scheduled(october(7), "report")
    told = end_of(flow_of(recorded), 7)

    again = end_of(flow_of(recorded), 7)

    assert again == told
