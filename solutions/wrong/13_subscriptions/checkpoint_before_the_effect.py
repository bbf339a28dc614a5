"""You move the checkpoint first, in a transaction of its own, and then have the effect.

Imagine that the program dies between the two. Where does it begin after the restart, and who
delivers the event that it was about to deliver?
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
            with self._store.transaction():
                self._project(stored)
            delivered += 1
        return delivered
