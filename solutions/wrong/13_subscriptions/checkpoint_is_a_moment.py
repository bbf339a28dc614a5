"""Your checkpoint is the moment of the last event, and not its position.

Two events may be recorded in the same microsecond, and a clock can be put back. Which number of an
event does no other event have, and only rises?
"""


class Subscription:
    def run_once(self):
        delivered = 0
        wanted = self._projection.types
        for stored in list(self._store.read_all(types=wanted)):
            moment = int(stored.recorded_at.timestamp() * 1_000_000)
            with self._store.transaction():
                if moment > self._store.checkpoint(self.name):
                    self._project(stored)
                    self._store.save_checkpoint(self.name, moment)
                    delivered += 1
        return delivered
