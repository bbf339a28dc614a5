"""You remember in memory which events you have seen, and a restart forgets it.

After a restart, the store may tell once more what it told before. Your memory is empty then. What
is written down that says how far the reader has come?
"""


class Subscription:
    _seen = None

    def run_once(self):
        delivered = 0
        if self._seen is None:
            self._seen = set()
        after = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=after, types=wanted)):
            if stored.position in self._seen:
                continue
            with self._store.transaction():
                self._project(stored)
                self._store.save_checkpoint(self.name, stored.position)
            self._seen.add(stored.position)
            delivered += 1
        return delivered
