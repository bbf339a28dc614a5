"""Your items are equal when they contain the same.

Two customers report the same fault on the same day. Are these two pieces of work, or one? And is
an item still itself after you rename it? What is there about an item that never changes?
"""


class WorkItem:
    def __eq__(self, other):
        if not isinstance(other, WorkItem):
            return NotImplemented
        return (self._name, self._due_date, self._content) == (
            other._name,
            other._due_date,
            other._content,
        )

    def __hash__(self):
        return hash((self._name, self._due_date, self._content))
