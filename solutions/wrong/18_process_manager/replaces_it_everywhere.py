"""You take `board-` out of the whole name of the stream, and not off its front.

A board's id may hold the word too. What is left of `board-board-1`?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.replace("board-", "")
        before = self._boards.get(board_id, at_version=stored.version - 1)
        after = self._boards.get(board_id, at_version=stored.version)
        for column in just_filled(before, after):
            talk = talk_about(column, stored)
            with suppress(ConcurrencyError):
                self._store.append(
                    f"work-item-{talk.id}",
                    talk.pending,
                    expected_version=0,
                    metadata={"causation_id": str(stored.position)},
                )
