"""Your run ends at a failure, and tells nobody.

From outside, a run that failed looks like a run that is done. How does whoever called you learn
that the read model has stopped?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        try:
            for stored in list(self._store.read_all(after=seen, types=wanted)):
                with self._store.transaction():
                    if stored.position > self._store.checkpoint(self.name):
                        self._project(stored)
                        self._store.save_checkpoint(self.name, stored.position)
                        delivered += 1
        except ProjectionError:
            pass
        return delivered
