"""Your past board records, like any other.

It inherits all commands, and each of them ends in `record`. What does the docstring of `record`
promise for a board of the past?
"""


class PastBoard:
    def record(self, event):
        super().record(event)
