"""A function for each question, and a generator of what is to be done; more in the metadata."""

from datetime import date


def is_full(column):
    match column.wip_limit:
        case None:
            return False
        case limit:
            return not len(column.work_item_ids) < limit


def just_filled(before, after):
    was_full = {column.id: is_full(column) for column in before.columns}
    return tuple(filter(lambda c: is_full(c) and not was_full.get(c.id), after.columns))


def talk_about(column, stored):
    ordinal = stored.recorded_at.toordinal() + 1
    return register_work_item(
        f"Talk about {column.name}: it is full",
        due_date=date.fromordinal(ordinal),
        work_item_id=f"{column.id}@{stored.position}",
    )


class FullColumnTalks:
    def project(self, stored):
        for talk in self._wanted(stored):
            try:
                self._store.append(
                    f"work-item-{talk.id}",
                    talk.pending,
                    expected_version=talk.version - len(talk.pending),
                    metadata={"causation_id": str(stored.position), "asked_by": self.name},
                )
            except ConcurrencyError:
                pass

    def _wanted(self, stored):
        board_id = stored.stream[len("board-") :]
        after = self._boards.past(board_id, at_version=stored.version)
        before = self._boards.past(board_id, at_version=stored.version - 1)
        yield from (talk_about(column, stored) for column in just_filled(before, after))
