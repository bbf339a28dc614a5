"""Your refusal does not say which board it is about.

Somebody reads the message in a log, among those of a hundred boards. What does the docstring
promise that it names?
"""


class PastBoard:
    def record(self, event):
        raise HistoricalCopyError("A board of the past cannot be changed.")
