"""You remember in an attribute which columns were full, and a restart forgets it.

Doing is full, and the program starts again. The next event is about To do. What does your program
know about Doing then? Where is the board as it was before the event?
"""


class FullColumnTalks:
    def __init__(self, store):
        self._store = store
        self._boards = BoardRepository(store)
        self._full = {}

    def project(self, stored):
        board_id = stored.stream.removeprefix("board-")
        after = self._boards.get(board_id, at_version=stored.version)
        full_before = self._full.get(board_id, set())
        self._full[board_id] = {
            column.id for column in after.columns if _is_full(column)
        }
        for column in after.columns:
            if _is_full(column) and column.id not in full_before:
                talk = talk_about(column, stored)
                with suppress(ConcurrencyError):
                    self._store.append(
                        f"work-item-{talk.id}",
                        talk.pending,
                        expected_version=0,
                        metadata={"causation_id": str(stored.position)},
                    )
