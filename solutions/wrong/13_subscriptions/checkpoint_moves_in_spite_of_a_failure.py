"""Your checkpoint moves past an event on which the projection failed.

The error is told, and somebody mends the projection. Where does the next run begin, and where
should it?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            try:
                with self._store.transaction():
                    if stored.position <= self._store.checkpoint(self.name):
                        continue
                    self._project(stored)
                    self._store.save_checkpoint(self.name, stored.position)
                    delivered += 1
            except ProjectionError:
                self._store.save_checkpoint(self.name, stored.position)
                raise
        return delivered
