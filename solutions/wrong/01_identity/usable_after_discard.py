"""Your discarded item goes on as if nothing had happened.

`discard` leaves a mark. Which of the item's methods and properties look at it before they answer?
"""


class WorkItem:
    def _check_not_discarded(self):
        pass
