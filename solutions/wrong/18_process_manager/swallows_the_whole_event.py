"""You catch every error around the whole event, reading included.

The board cannot be read for a moment, and the checkpoint moves on. Who asks for the talk then?
Which single error says that there is nothing left to do, and where can it arise?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.removeprefix("board-")
        try:
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
        except Exception:
            return
