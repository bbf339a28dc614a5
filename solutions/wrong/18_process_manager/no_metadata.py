"""You record the talk without saying which event it follows from.

In March somebody asks: *why is there this talk?* What does `append` take besides the events?
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
                    expected_version=0,
                )
