"""You look at the board as it is now, and not as it was right after the event.

The reader may be days behind. The column may have room again by now, another name, or be gone. Which
version did the board have when this event had happened?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.removeprefix("board-")
        before = self._boards.get(board_id, at_version=stored.version - 1)
        after = self._boards.get(board_id)
        for column in just_filled(before, after):
            talk = talk_about(column, stored)
            with suppress(ConcurrencyError):
                self._store.append(
                    f"work-item-{talk.id}",
                    talk.pending,
                    expected_version=0,
                    metadata={"causation_id": str(stored.position)},
                )
