"""You deliver the later events first, and tell the failure at the end.

A projection relies on the order. What does the checkpoint say about an event that failed, when
later ones had their effect?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        failure = None
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            try:
                with self._store.transaction():
                    if stored.position > self._store.checkpoint(self.name):
                        self._project(stored)
                        self._store.save_checkpoint(self.name, stored.position)
                        delivered += 1
            except ProjectionError as error:
                failure = failure or error
        if failure:
            raise failure
        return delivered
