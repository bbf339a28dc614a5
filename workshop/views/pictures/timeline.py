"""A stream of events, one under the other, the oldest on top."""

from collections.abc import Callable, Iterator
from html import escape
from textwrap import wrap
from typing import NamedTuple

from ..words import count
from .asking import CannotDrawError, kind, offers, take
from .board_drawing import element
from .happening import Happening, read_happening
from .picture import Picture

__all__ = ["draw_timeline"]

MAX_EVENTS = 10_000
SHORT = 40  # events that are read at a glance, or nearly
HEAD, TAIL = 10, 20  # of a longer timeline these stand open
FOLDED = 50  # events behind one fold
MAX_FOLDS = 10
IN_TEXT = 30  # events at most in a terminal


class Entry(NamedTuple):
    """An event and the number it goes by: its version, or else its place."""

    number: str
    happening: Happening


def draw_timeline(events: object) -> Picture:
    """Draw events, as a store gives them or as an aggregate holds them in `pending`.

    Raises:
        CannotDrawError: These are no events, or not all of an event can be read.
    """
    if offers(events, "pending") and not isinstance(events, type):
        raise CannotDrawError(
            f"This is {kind(events)}, and a timeline is of events: add `.pending` for the events "
            "that are not saved yet, or read its stream from the store."
        )
    given, endless = take(events, MAX_EVENTS, "what a timeline is drawn of")
    entries = [
        Entry(happening.version or str(number), happening)
        for number, event in enumerate(given, start=1)
        for happening in [read_happening(event, f"number {number} of them")]
    ]
    title = _title(entries, endless=endless)
    return Picture(_html(title, entries), "\n".join(_lines(title, entries)))


def _streams(entries: list[Entry]) -> set[str | None]:
    return {entry.happening.stream for entry in entries}


def _title(entries: list[Entry], *, endless: bool) -> str:
    if not entries:
        return "No events: nothing has happened."
    streams = _streams(entries)
    stream = next(iter(streams))
    of = f" of stream {stream}" if len(streams) == 1 and stream is not None else ""
    more = f" The timeline stops here, at {MAX_EVENTS:,}; there are more." if endless else ""
    return f"{count(len(entries), 'event')}{of}, oldest first.{more}"


def _shown(entries: list[Entry]) -> Callable[[Entry], Iterator[str]]:
    """What stands beside an event's name and fields; the stream only where there are several."""
    several = len(_streams(entries)) > 1

    def where(entry: Entry) -> Iterator[str]:
        if several and entry.happening.stream is not None:
            yield f"stream {entry.happening.stream}"
        if entry.happening.recorded:
            yield entry.happening.recorded

    return where


def _html(title: str, entries: list[Entry]) -> str:
    where = _shown(entries)

    def listed(some: list[Entry]) -> str:
        return element("ol", "events", "".join(_event_html(e, ", ".join(where(e))) for e in some))

    if len(entries) <= SHORT:
        drawn = listed(entries)
    else:
        middle = entries[HEAD:-TAIL]
        folds = [middle[start : start + FOLDED] for start in range(0, len(middle), FOLDED)]
        kept = folds[:MAX_FOLDS]
        left_out = len(middle) - sum(map(len, kept))
        drawn = listed(entries[:HEAD]) + "".join(_fold(some, listed(some)) for some in kept)
        if left_out:
            drawn += element("div", "remark", f"{left_out:,} events are left out here.")
        drawn += listed(entries[-TAIL:])
    heading = element("div", "title", f"<strong>{escape(title)}</strong>")
    label = f'dir="ltr" role="group" aria-label="{escape(f"Timeline: {title}")}"'
    return element("div", "picture", heading + (drawn if entries else ""), extra=label)


def _fold(some: list[Entry], listed: str) -> str:
    between = f"{some[0].number} to {some[-1].number}" if some[1:] else some[0].number
    said = f"{between}: {count(len(some), 'event')} folded away"
    return element("details", "fold", element("summary", "summary", escape(said)) + listed)


def _event_html(entry: Entry, where: str) -> str:
    number, happening = entry
    lines = [f"<strong>{escape(number)} · {escape(happening.name)}</strong>"]
    if happening.fields:
        lines.append(element("span", "fields", escape(happening.told)))
    if where:
        lines.append(element("span", "where", escape(where)))
    return element("li", "event", "<br>".join(lines))


def _lines(title: str, entries: list[Entry], width: int = 80) -> Iterator[str]:
    where = _shown(entries)
    yield from wrap(title, width)
    left_out = len(entries) - IN_TEXT
    half = IN_TEXT // 2
    for place, entry in enumerate(entries):
        if left_out <= 0 or place < half or place >= half + left_out:
            told = "; ".join(filter(None, [entry.happening.told, *where(entry)]))
            text = f"{entry.number}. {entry.happening.name}{f': {told}' if told else ''}"
            yield from wrap(text, width, initial_indent="  ", subsequent_indent="     ")
        elif place == half:
            yield f"  [{count(left_out, 'event')} left out here]"
