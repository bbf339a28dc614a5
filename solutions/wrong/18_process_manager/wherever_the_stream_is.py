"""You append the talk wherever its stream is by now, so a second delivery adds to it.

The store can tell you that the talk is there already. Which version does a stream have that nobody
has written to?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.removeprefix("board-")
        before = self._boards.get(board_id, at_version=stored.version - 1)
        after = self._boards.get(board_id, at_version=stored.version)
        for column in just_filled(before, after):
            talk = talk_about(column, stored)
            with suppress(ConcurrencyError):
                self._store.append(
                    f"work-item-{talk.id}",
                    talk.pending,
                    expected_version=None,
                    metadata={"causation_id": str(stored.position)},
                )
