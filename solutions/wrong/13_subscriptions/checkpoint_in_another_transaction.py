"""Your effect is committed, and then your checkpoint, in another transaction.

Imagine that the program dies between the two commits. What does the read model know already, and
where does the reader begin after the restart? How many commits may there be for one event?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            if stored.position > self._store.checkpoint(self.name):
                with self._store.transaction():
                    self._project(stored)
                with self._store.transaction():
                    self._store.save_checkpoint(self.name, stored.position)
                delivered += 1
        return delivered
