"""A clock that is wrong, differently in each process."""

import random
from datetime import datetime, timedelta

from workshop.eventsourcing.encoding_store import utc_now

__all__ = ["WanderingClock"]

YEARS = 50 * 365 * 86_400  # seconds: the farthest that it goes wrong


class WanderingClock:
    """Is up to an hour off, is set back again and again, and once in a while far ahead.

    It goes back by anything from a microsecond to fifty years. It goes ahead by years more
    rarely, because everything that is recorded afterwards carries that moment.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._usual = self._wrong_by = chance.uniform(-3_600, 3_600)

    def __call__(self) -> datetime:
        """Tell what it takes for the time."""
        happens = self._chance.random()
        if happens < 0.001:
            self._wrong_by = self._chance.uniform(0, YEARS)
        elif happens < 0.1:
            self._wrong_by = self._usual - 1e-6 * (YEARS * 1e6) ** self._chance.random()
        elif happens < 0.2:
            self._wrong_by = self._usual
        return utc_now() + timedelta(seconds=self._wrong_by)
