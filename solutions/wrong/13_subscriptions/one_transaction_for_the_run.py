"""Your whole run is one transaction, so one failure takes back what came before it.

Which events had no part in the failure? How small can a transaction be, and still hold an effect
together with its checkpoint?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        wanted = self._projection.types
        with self._store.transaction():
            seen = self._store.checkpoint(self.name)
            for stored in list(self._store.read_all(after=seen, types=wanted)):
                if stored.position > self._store.checkpoint(self.name):
                    self._project(stored)
                    self._store.save_checkpoint(self.name, stored.position)
                    delivered += 1
        return delivered
