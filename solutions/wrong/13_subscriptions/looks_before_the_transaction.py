"""You look at the checkpoint, and begin the transaction afterwards.

Between the two, another process may follow under the same name, and take this very event. From when on can
nobody else move the checkpoint?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        wanted = self._projection.types
        seen = self._store.checkpoint(self.name)
        for stored in self._store.read_all(after=seen, types=wanted):
            if stored.position <= self._store.checkpoint(self.name):
                continue
            with self._store.transaction():
                self._project(stored)
                self._store.save_checkpoint(self.name, stored.position)
            delivered += 1
        return delivered
