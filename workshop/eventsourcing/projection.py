"""A projection: what happened, told for a question that the model does not answer."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from .event import Event, StoredEvent

__all__ = ["Projection"]


class Projection(ABC):
    """Turns events into a read model, by a `match` without `assert_never`: it may ignore.

    Attributes:
        name: Identifies its checkpoint; another name reads the history from the start.
        types: The events that it wants to see; none given means all.
    """

    name: str
    types: Sequence[type[Event]] = ()

    @abstractmethod
    def project(self, stored: StoredEvent[Event]) -> None:
        """Bring the read model up to date with one event.

        Called once for each event, in order of position. Time comes from `stored.recorded_at`
        and from the event, never from the machine's clock.
        """
