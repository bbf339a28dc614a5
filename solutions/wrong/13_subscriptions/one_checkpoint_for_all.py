"""All your readers share one checkpoint, because its name is always the same.

One reader has come to the end. Where does the next one begin, which has read nothing yet? What does
each projection have that no other one has?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint("subscription")
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            with self._store.transaction():
                if stored.position > self._store.checkpoint("subscription"):
                    self._project(stored)
                    self._store.save_checkpoint("subscription", stored.position)
                    delivered += 1
        return delivered
