"""How a group begins: with a number of partitions, once and for all."""

import hashlib
from typing import NamedTuple

from ..errors import StoreError
from ..projection import Projection
from ..record import UNLIMITED
from .store import PostgresEventStore

__all__ = ["Group", "found"]

_FOUND = "INSERT INTO {schema}.groups VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING 1"
_START = """
    INSERT INTO {schema}.checkpoints
    SELECT %s || '/' || number, %s FROM generate_series(0, %s) AS number
"""
_PARTITIONS = "SELECT partitions FROM {schema}.groups WHERE name = %s"


class Group(NamedTuple):
    """What the members of a group have in common.

    Attributes:
        name: The projection's.
        partitions: How many there are.
        key: The first number of the group's advisory locks, of 31 bits.
        events: The stored names of those that the projection wants to see; none means all.
    """

    name: str
    partitions: int
    key: int
    events: list[str]


def found(store: PostgresEventStore, projection: Projection, partitions: int) -> Group:
    """Begin, unless the group has begun before.

    If a subscription that is no group has followed until now, the partitions go on where it was.
    It gets no more events, even if it still runs: its checkpoint is put behind all there can be.

    Raises:
        StoreError: The group has another number of partitions.
    """
    name = projection.name
    with store.transaction():
        if store._execute(_FOUND, [name, partitions]):
            store._execute(_START, [name, store.checkpoint(name), partitions - 1])
            store.save_checkpoint(name, UNLIMITED)
        [(fixed,)] = store._execute(_PARTITIONS, [name])
    if fixed != partitions:
        raise StoreError(
            f"group {name!r} has {fixed} partitions, not {partitions}: say partitions={fixed}, or "
            f"give the projection another name, and its read model another place, to begin again"
        )
    digest = hashlib.sha256(f"workshop.eventsourcing {store._schema.name} {name}".encode())
    events = sorted({each for event in projection.types for each in store._codec.names_of(event)})
    return Group(name, partitions, int.from_bytes(digest.digest()[:4]) >> 1, events)
