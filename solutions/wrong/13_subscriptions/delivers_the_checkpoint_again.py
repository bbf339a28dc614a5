"""You deliver the event at the checkpoint a second time.

The checkpoint is the position of an event. Did this event have its effect, or is it the next one
that will have it?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            with self._store.transaction():
                if stored.position >= self._store.checkpoint(self.name):
                    self._project(stored)
                    self._store.save_checkpoint(self.name, stored.position)
                    delivered += 1
        return delivered
