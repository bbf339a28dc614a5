"""A transaction for a whole page; a savepoint takes back what a failing event left half done."""


class Subscription:
    def run_once(self):
        total = 0
        while True:
            delivered, failure = self._page()
            total += delivered
            if failure is not None:
                raise failure
            if delivered == 0:
                return total

    def _page(self):
        store, name = self._store, self.name
        delivered, failure = 0, None
        with store.transaction():
            start = done = store.checkpoint(name)
            for stored in store.read_all(after=start, types=self._projection.types, limit=100):
                if stored.position <= done:
                    continue
                store.connection.execute("SAVEPOINT event")
                try:
                    self._projection.project(stored)
                except Exception as error:
                    store.connection.execute("ROLLBACK TO event")
                    failure = ProjectionError(name, stored.position, stored.event)
                    failure.__cause__ = error
                    break
                store.connection.execute("RELEASE event")
                done = stored.position
                delivered += 1
            if done > start:
                store.save_checkpoint(name, done)
        return delivered, failure


def run_all(subscriptions):
    failures = []
    for subscription in list(subscriptions):
        try:
            subscription.run_once()
        except ProjectionError as error:
            failures.append(error)
    return failures
