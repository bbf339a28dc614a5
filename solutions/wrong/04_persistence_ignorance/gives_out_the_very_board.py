"""Your repository gives out the very board that it keeps, so every caller can change what is kept.

Saving makes a copy, and that is half of it. Whose board is it that `get` returns: the caller's, or
the collection's?
"""


class InMemoryBoardRepository:
    def all(self):
        return tuple(self._boards.values())
