"""Your run ends after a page of events, though there are more.

A reader with a new name has a long history before it. After one run, has it received what was
recorded up to now?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted, limit=100)):
            with self._store.transaction():
                if stored.position > self._store.checkpoint(self.name):
                    self._project(stored)
                    self._store.save_checkpoint(self.name, stored.position)
                    delivered += 1
        return delivered
