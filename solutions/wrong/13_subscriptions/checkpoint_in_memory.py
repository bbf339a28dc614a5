"""Your subscription remembers in an attribute how far it has come, and writes it nowhere.

What is the value of the attribute after a restart? And what does the read model still know from
before? Where does the store keep a checkpoint?
"""


class Subscription:
    _position = 0

    def run_once(self):
        delivered = 0
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=self._position, types=wanted)):
            with self._store.transaction():
                if stored.position > self._position:
                    self._project(stored)
                    delivered += 1
            self._position = max(self._position, stored.position)
        return delivered
