"""You look one event too early: your board *after* the event is the board before it.

A board at version 7 has seen seven events. If the event's own version is 7, has this board seen it?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.removeprefix("board-")
        before = self._boards.get(board_id, at_version=stored.version - 2)
        after = self._boards.get(board_id, at_version=stored.version - 1)
        for column in just_filled(before, after):
            talk = talk_about(column, stored)
            with suppress(ConcurrencyError):
                self._store.append(
                    f"work-item-{talk.id}",
                    talk.pending,
                    expected_version=0,
                    metadata={"causation_id": str(stored.position)},
                )
