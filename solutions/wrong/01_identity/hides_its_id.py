"""Your discarded item does not tell its id any more.

A set still holds the item, and an error message has to name it. What is the one thing that an
item keeps, whatever happens to it?
"""


class WorkItem:
    @property
    def id(self):
        self._check_not_discarded()
        return self._id

    def __repr__(self):
        return f"WorkItem({self.id!r})"
