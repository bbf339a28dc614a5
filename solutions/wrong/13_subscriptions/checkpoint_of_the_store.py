"""You move the checkpoint to the store's last event, whether it was delivered or not.

Events may come late, or be appended while you deliver. Of which event do you know that it had its
effect?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        page = list(self._store.read_all(after=seen, types=wanted))
        for stored in page:
            with self._store.transaction():
                if stored.position > self._store.checkpoint(self.name):
                    self._project(stored)
                    delivered += 1
        self._store.save_checkpoint(self.name, self._store.last_position())
        return delivered
