"""You record the talk in a stream that is called like the talk, without `work-item-`.

Whoever looks for a work item puts `work-item-` in front of its id. What do they find?
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
                    talk.id,
                    talk.pending,
                    expected_version=0,
                    metadata={"causation_id": str(stored.position)},
                )
