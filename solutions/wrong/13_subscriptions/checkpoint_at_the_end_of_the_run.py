"""You move the checkpoint once, when all events of the run have been delivered.

If the fifth of ten events fails, the first four had their effect already. What does the next run
know about them?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            with self._store.transaction():
                if stored.position > seen:
                    self._project(stored)
                    delivered += 1
                    seen = stored.position
        self._store.save_checkpoint(self.name, seen)
        return delivered
