"""Your average takes a time of zero for no average.

An item that is retired in the moment in which it was scheduled has a lead time, and it is zero.
What do you ask: whether the total is zero, or whether there is something to add up?
"""


class LeadTimes:
    def average(self):
        total = sum((taken for _, taken in self._lead_times), timedelta())
        return total / len(self._lead_times) if total else None
