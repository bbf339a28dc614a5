"""Your `record` keeps the event, but does not apply it.

The event is in `pending`, and the board is as it was before. Which method turns an event into a
change, and who calls it?
"""


class Board:
    def record(self, event):
        self._version += 1
        self._pending.append(event)
