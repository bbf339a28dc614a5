"""You write the effect and the checkpoint without any transaction around them.

Then SQLite commits each statement for itself. What is in the file if the projection fails after its
first statement, or if the program dies before the checkpoint? What does the store have that makes
one commit of several writes?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            if stored.position > self._store.checkpoint(self.name):
                self._project(stored)
                self._store.save_checkpoint(self.name, stored.position)
                delivered += 1
        return delivered
