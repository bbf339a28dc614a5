"""Your flow tells how a day began: its own events are left out.

The docstring promises the end of the day. Does the day that is asked about belong to the days that
you look at?
"""


class CumulativeFlow:
    def on(self, day):
        earlier = [known for known in self._days if known < day]
        return self._days[max(earlier)] if earlier else {}
