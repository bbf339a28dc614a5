"""You ask for the board at the event's position, which counts over all streams.

Alone in the store, a board has a version for each position. What if there is another board, or a
talk in between? Which number does the repository want?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.removeprefix("board-")
        before = self._boards.get(board_id, at_version=stored.position - 1)
        after = self._boards.get(board_id, at_version=stored.position)
        for column in just_filled(before, after):
            talk = talk_about(column, stored)
            with suppress(ConcurrencyError):
                self._store.append(
                    f"work-item-{talk.id}",
                    talk.pending,
                    expected_version=0,
                    metadata={"causation_id": str(stored.position)},
                )
