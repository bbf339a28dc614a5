"""Your checkpoint is the version of an event in its stream.

Every board has a version 3. The reader follows all boards together: which of the numbers in the envelope
counts across all streams?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in self._store.read_all(after=seen, types=wanted):
            with self._store.transaction():
                if stored.position > self._store.checkpoint(self.name):
                    self._project(stored)
                    self._store.save_checkpoint(self.name, stored.version)
                    delivered += 1
        return delivered
