"""Your discarded item refuses changes, but still answers questions.

An answer about an item that was given up is used as if it held. Which of the properties may a
discarded item still answer, and which not?
"""


class WorkItem:
    @property
    def name(self):
        return self._name

    @property
    def due_date(self):
        return self._due_date

    @property
    def content(self):
        return self._content
