"""Your item is equal to nothing any more once it is discarded.

Discarding ends what one can do with an item. Does it change which item it is? What would a list need, to
find the discarded item in it and take it out?
"""


class WorkItem:
    def __eq__(self, other):
        if not isinstance(other, WorkItem):
            return NotImplemented
        return not self._discarded and self._id == other._id
