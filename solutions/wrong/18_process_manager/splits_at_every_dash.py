"""You take what is behind the first dash for the board's id, up to the next one.

A random id has dashes too. What is left of `board-support-desk-london`? What takes a word off the
front of a text?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.split("-")[1]
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
