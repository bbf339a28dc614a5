"""You look at the checkpoint once, before you read, and then it is out of date.

While you were reading, another process followed under the same name, and took some of these events.
Where must you look at the checkpoint, so that nobody can move it before you have?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            if stored.position <= seen:
                continue
            with self._store.transaction():
                self._project(stored)
                self._store.save_checkpoint(self.name, stored.position)
            seen = stored.position
            delivered += 1
        return delivered
