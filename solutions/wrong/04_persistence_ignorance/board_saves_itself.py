"""Your board knows the repository that keeps it, so neither can be used without the other.

A repository has to know what a board is. Does a board have to know that it is kept? Think of the
day when the boards move into a database: which files would you like to leave untouched?
"""


class Board:
    def save(self, boards):
        from .repository import BoardRepository

        if not isinstance(boards, BoardRepository):
            raise TypeError(f"{boards!r} keeps no boards.")
        boards.save(self)
