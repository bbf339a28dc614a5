"""A follower in a process of its own, whose read model is the list of what it was told."""

import random
import threading
from contextlib import closing
from typing import Any, NamedTuple

from tests.faults.clock import WanderingClock
from tests.faults.ledger import Interrupted
from tests.faults.stores import Place, Store
from workshop.eventsourcing.event import Event, StoredEvent
from workshop.eventsourcing.projection import Projection
from workshop.eventsourcing.subscription import Subscription

__all__ = ["Following", "complaints_of_followers", "follow"]


INTERVAL = 0.005  # seconds between two looks for something new


class Following(NamedTuple):
    """Which store is followed, and under which name; several processes may share a name."""

    place: Place
    name: str


class Positions(Projection):
    """Notes the position of each event: one more row of the table of effects."""

    def __init__(self, store: Store, name: str) -> None:
        self._store, self.name = store, name

    def project(self, stored: StoredEvent[Event]) -> None:
        self._store.add_effect(self.name, stored.position)


def follow(task: Following, wire: Any) -> None:
    """Follow until told to stop; the effect and the checkpoint are one commit."""
    clock, stop = WanderingClock(random.Random(task.name)), threading.Event()

    def listen() -> None:
        wire.poll(None)  # a word, or the end of whoever would say it
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    with closing(task.place.open(clock)) as store:
        subscription = Subscription(store, Positions(store, task.name))
        while not stop.is_set():
            try:
                subscription.run(stop, interval=INTERVAL)
            except store.losses as error:
                wire.send(Interrupted(task.name, "unknown" in str(error), is_there=None))


def complaints_of_followers(store: Store, names: set[str]) -> list[str]:
    """Say what a follower that has read everything missed, doubled or mixed up."""
    positions, wrong = [each.position for each in store.read_all()], []
    for name in names:
        told = store.effects().get(name, [])
        if missed := set(positions) - set(told):
            wrong.append(f"{name} missed {len(missed)}: {sorted(missed)[:5]}")
        if doubled := len(told) - len(set(told)):
            wrong.append(f"{name} doubled {doubled}")
        if told != sorted(told):
            wrong.append(f"{name} was told in another order")
        if unknown := set(told) - set(positions):
            wrong.append(f"{name} was told of {len(unknown)} events that are not there")
    return wrong
