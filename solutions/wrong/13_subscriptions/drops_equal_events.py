"""You pass over an event that is equal to an earlier one, as if it were told again.

An item is scheduled, abandoned, and scheduled again. Two of the three events are equal, and both
happened. What do two deliveries of one event have in common that two equal events have not?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        seen = self._store.checkpoint(self.name)
        wanted = self._projection.types
        known = []
        for stored in list(self._store.read_all(after=seen, types=wanted)):
            with self._store.transaction():
                if stored.event in known or stored.position <= seen:
                    continue
                if stored.position <= self._store.checkpoint(self.name):
                    continue
                known.append(stored.event)
                self._project(stored)
                self._store.save_checkpoint(self.name, stored.position)
                delivered += 1
        return delivered
