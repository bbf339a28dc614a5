"""You count the events that were told, and not those that were delivered.

The store tells one event twice, and it has one effect. What should the number say to somebody who
reads it?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            delivered += 1
            with self._store.transaction():
                if stored.position > self._store.checkpoint(self.name):
                    self._project(stored)
                    self._store.save_checkpoint(self.name, stored.position)
        return delivered
