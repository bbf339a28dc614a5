"""Your average is a median: the lead time in the middle.

That is a good number, often a better one. But your docstring promises another. What do a few very
long lead times do to the one, and what to the other?
"""


from statistics import median


class LeadTimes:
    def average(self):
        if not self._lead_times:
            return None
        return median(taken for _, taken in self._lead_times)
