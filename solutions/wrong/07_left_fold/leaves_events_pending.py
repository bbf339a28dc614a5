"""Your replayed board has its whole history pending.

What is pending will be saved. These events were saved before, so each load and save would double
the history. Which part of what `record` does is right for an event that is not new?
"""


class Board:
    @classmethod
    def replay(cls, history):
        board = cls()
        for event in history:
            board.record(event)
        if not board.version:
            raise ValueError("a board cannot be replayed from no events")
        return board
