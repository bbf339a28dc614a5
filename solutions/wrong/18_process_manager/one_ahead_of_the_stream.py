"""You expect the stream of a new talk to be at version 1.

The expected version is what the writer has seen. How many events does a stream have before its
first one?
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
                    expected_version=1,
                    metadata={"causation_id": str(stored.position)},
                )
