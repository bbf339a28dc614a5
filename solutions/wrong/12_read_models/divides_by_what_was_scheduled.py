"""Your average divides by items that are not finished.

The more work is begun, the shorter the average gets. How many lead times went into your total?
"""


class LeadTimes:
    def average(self):
        if not self._lead_times:
            return None
        total = sum((taken for _, taken in self._lead_times), timedelta())
        return total / (len(self._lead_times) + len(self._scheduled_at))
