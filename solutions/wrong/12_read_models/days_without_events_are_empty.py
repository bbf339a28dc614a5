"""Your flow says that the board was empty on each day without events.

Your chart would fall to zero every Saturday. What happened to the items that were there on Friday
evening?
"""


class CumulativeFlow:
    def on(self, day):
        return self._days.get(day, {})
