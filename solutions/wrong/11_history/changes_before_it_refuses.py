"""Your past board changes first, and then refuses.

The error is right and the board is wrong. Which of your lines has nothing to do in a board of the
past?
"""


class PastBoard:
    def record(self, event):
        self.apply(event)
        raise HistoricalCopyError(f"The board {self.id!r} is past.")
