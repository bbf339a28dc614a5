"""You let the conflict go up, so your reader stands still at an event that is done.

The program starts again, and is told an event whose talk is there. What does the conflict tell you
here: that something is wrong, or that nothing is left to do?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.removeprefix("board-")
        before = self._boards.get(board_id, at_version=stored.version - 1)
        after = self._boards.get(board_id, at_version=stored.version)
        for column in just_filled(before, after):
            talk = talk_about(column, stored)
            self._store.append(
                f"work-item-{talk.id}",
                talk.pending,
                expected_version=0,
                metadata={"causation_id": str(stored.position)},
            )
