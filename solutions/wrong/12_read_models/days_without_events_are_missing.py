"""Your flow knows nothing about a day on which nothing happened.

The board was not gone on Saturday. How was it at the end of that day, and which is the last event
that has something to say about it?
"""


class CumulativeFlow:
    def on(self, day):
        return self._days[day]
