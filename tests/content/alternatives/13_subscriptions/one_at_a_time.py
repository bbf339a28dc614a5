"""The next event is looked for inside the transaction that delivers it: no list, no page."""


class Subscription:
    def run_once(self):
        delivered = 0
        while self._next():
            delivered += 1
        return delivered

    def _next(self):
        with self._store.transaction():
            checkpoint = self._store.checkpoint(self.name)
            told = self._store.read_all(after=checkpoint, types=self._projection.types, limit=1)
            new = [stored for stored in told if stored.position > checkpoint]
            for stored in new[:1]:
                self._project(stored)
                self._store.save_checkpoint(self.name, stored.position)
            return bool(new)


def run_all(subscriptions):
    return tuple(failure for failure in map(_failure_of, subscriptions) if failure)


def _failure_of(subscription):
    try:
        subscription.run_once()
    except ProjectionError as failure:
        return failure
    return None
