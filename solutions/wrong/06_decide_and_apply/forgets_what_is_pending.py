"""Your `record` applies the event, and then forgets it.

The board shows the change, so all looks well. In the evening it is to be saved. Where does
whoever saves it find what has happened since the morning?
"""


class Board:
    def record(self, event):
        self.apply(event)
        self._version += 1
