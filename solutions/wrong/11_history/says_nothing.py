"""Your past board does nothing when it is told to change, and says nothing either.

The caller believes that the board was renamed. How does a method let its caller know that it did
not do what it was asked for?
"""


class PastBoard:
    def record(self, event):
        return
