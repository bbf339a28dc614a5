"""Your repository answers an unknown id with `None`.

The caller goes on with it, and some lines later Python says that `None` has no attribute `name`.
Who could have said earlier, and more clearly, what is wrong? Read again what `get` promises.
"""


class BoardRepository:
    def get(self, board_id):
        return next((board for board in self.all() if board.id == board_id), None)
