"""You begin a transaction while you are still reading, and somebody appended meanwhile.

Your read shows the file as it was when it began. SQLite lets nobody write on top of an old view,
and says that the database is locked. What has to be finished before the first transaction begins?
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
                    self._store.save_checkpoint(self.name, stored.position)
                    delivered += 1
        return delivered
