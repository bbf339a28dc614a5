"""Your item's hash changes when its name does, so a set loses the item.

A set looks where the hash pointed when the item was put in. Which of the item's values will
still be the same after every change?
"""


class WorkItem:
    def __hash__(self):
        return hash(self._name)
