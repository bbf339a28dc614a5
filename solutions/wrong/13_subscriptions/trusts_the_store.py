"""You deliver whatever the store tells, and it may tell an event again.

Before an event has its effect, how do you find out whether it had it already? Its position is in
your hand, and so is the checkpoint.
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            with self._store.transaction():
                self._project(stored)
                self._store.save_checkpoint(self.name, stored.position)
            delivered += 1
        return delivered
