"""You pass over the event on which the projection fails, and go on.

The read model lacks one event from now on, and looks as good as before. Who will find out? And when
the projection is mended, who delivers the event?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            with self._store.transaction():
                if stored.position <= self._store.checkpoint(self.name):
                    continue
                self._store.save_checkpoint(self.name, stored.position)
                try:
                    self._project(stored)
                except ProjectionError:
                    continue
                delivered += 1
        return delivered
