"""Your `__eq__` asks `other` for its id, whatever `other` is.

What happens at `item == None`, or at `item == "item-1"`? Do these have an id to ask for? Find out
what `other` is before you ask it anything.
"""


class WorkItem:
    def __eq__(self, other):
        return self._id == other._id
