"""All of your repositories share one dictionary, so a new one is not empty.

A value that stands in the body of a class is made once, and belongs to all objects of the class.
Where does each repository get a collection of its own?
"""


class InMemoryBoardRepository:
    _boards = {}

    def __init__(self):
        pass
