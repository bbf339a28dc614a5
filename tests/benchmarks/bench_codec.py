"""Codec: an event to JSON and back.

Raw is msgspec without any of the codec's checks. The peer is its transcoder, which is given a
dictionary and gives one. Its mapper, which makes a stored event of an event and an event of a
stored one, is what our codec does.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import peer
from eventsourcing.domain import AggregateEvent
from eventsourcing.persistence import Mapper
from measuring import Effort, Goal, Measurement, Timed, measure, timed
from ours import CODEC, MIXED, MOVED

from workshop.eventsourcing import Event

__all__ = ["measurements"]

ENCODE, DECODE = (Goal("peer", 10),), (Goal("peer", 5),)
BATCH = 100  # so that reading the clock costs nothing


def measurements(effort: Effort, folder: Path) -> Iterator[Measurement]:
    small = peer.event_of(peer.PeerBoard.WorkItemMoved, peer.SMALL)
    mixed = peer.event_of(peer.Ordered, peer.mixed())
    yield from _both_ways("small", MOVED, small, peer.SMALL, effort)
    yield from _both_ways("mixed", MIXED, mixed, peer.mixed(), effort)


def _both_ways(
    kind: str, event: Event, peers: AggregateEvent, values: dict[str, Any], effort: Effort
) -> Iterator[Measurement]:
    transcoder = peer.transcoder()
    mapper = Mapper[Any](transcoder)
    encoding = {
        "ours": _each(CODEC.encode, event),
        "raw": _each(msgspec.json.Encoder().encode, event),
        "peer": _each(transcoder.encode, values),
        "mapper": _each(mapper.to_stored_event, peers),
    }
    yield measure(f"encode, {kind} event", "events/s", encoding, effort, ENCODE)
    encoded = CODEC.encode(event)
    decoding = {
        "ours": _each(CODEC.decode, encoded),
        "raw": _each(msgspec.json.Decoder(type(event)).decode, encoded.data),
        "peer": _each(transcoder.decode, transcoder.encode(values)),
        "mapper": _each(mapper.to_domain_event, mapper.to_stored_event(peers)),
    }
    yield measure(f"decode, {kind} event", "events/s", decoding, effort, DECODE)


def _each(function: Callable[[Any], object], value: object) -> Timed:
    def batch() -> int:
        for _ in range(BATCH):
            function(value)
        return BATCH

    return timed(batch)
