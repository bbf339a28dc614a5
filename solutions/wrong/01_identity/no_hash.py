"""Your items cannot be hashed, so no set or dictionary takes them.

A class that defines `__eq__` alone loses its hash. Python takes it away, because the old hash no
longer fits the new equality. Which method gives it back?
"""


class WorkItem:
    __hash__ = None
