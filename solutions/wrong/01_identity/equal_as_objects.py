"""Your items are equal only when they are one object in memory.

Tomorrow the same item is loaded from a file, and a second object stands for it. Which of its
values tells you that both objects mean the same piece of work?
"""


class WorkItem:
    def __eq__(self, other):
        return self is other
