"""Your item can be discarded a second time.

Two people give up the same item. The second of them believes that the item was there until now.
Is `discard` a command like the others, and what do the others do first?
"""


class WorkItem:
    def discard(self):
        self._discarded = True
