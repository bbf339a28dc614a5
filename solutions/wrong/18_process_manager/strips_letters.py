"""You strip letters from the stream's name, and a board's id may begin with such letters.

`lstrip` takes a set of characters, and not a word. What is left of `board-orders`? What takes a word
off the front of a text?
"""


class FullColumnTalks:
    def project(self, stored):
        board_id = stored.stream.lstrip("board-")
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
