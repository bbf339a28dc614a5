"""Filters by itself, sorts what it got, and catches around the transaction; effects by a method."""


class Subscription:
    def run_once(self):
        position = self._store.checkpoint(self.name)
        page = {stored.position: stored for stored in self._store.read_all(after=position)}
        return sum(self._deliver(page[position]) for position in sorted(page))

    def _deliver(self, stored):
        if not self._wants(stored.event):
            return False
        try:
            with self._store.transaction():
                if self._store.checkpoint(self.name) >= stored.position:
                    return False
                self._store.save_checkpoint(self.name, stored.position)
                self._projection.project(stored)
        except Exception as error:
            raise ProjectionError(self.name, stored.position, stored.event) from error
        return True

    def _wants(self, event):
        types = tuple(self._projection.types)
        return not types or isinstance(event, types)


def run_all(subscriptions):
    failures = ()
    for subscription in subscriptions:
        try:
            subscription.run_once()
        except ProjectionError as error:
            failures += (error,)
    return failures
