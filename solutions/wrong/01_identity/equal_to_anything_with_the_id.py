"""Your item equals whatever has its id, even if that is no work item.

A board may one day have the id `"item-1"` too. What do you have to know about `other` before you
may compare its id? And what does Python do when `__eq__` returns `NotImplemented`?
"""


class WorkItem:
    def __eq__(self, other):
        return self._id == getattr(other, "id", None)
