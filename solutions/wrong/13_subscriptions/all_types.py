"""You deliver every event, whichever types the projection names.

A projection says which classes of events it wants to see. What does it do with one that it does not
know? Who has to be told about its `types`?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        for stored in list(self._store.read_all(after=seen)):
            with self._store.transaction():
                if stored.position > self._store.checkpoint(self.name):
                    self._project(stored)
                    self._store.save_checkpoint(self.name, stored.position)
                    delivered += 1
        return delivered
