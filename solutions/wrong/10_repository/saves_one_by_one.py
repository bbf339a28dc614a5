"""Your `save` appends the events one by one, and an error leaves you with half of them.

They were decided together, and together they make sense. What does `append` promise about all the
events that you give it in one call?
"""


class BoardRepository:
    def save(self, board):
        seen = board.version - len(board.pending)
        for event in board.pending:
            self._store.append(_stream(board.id), [event], expected_version=seen)
            seen += 1
        board.mark_saved()
