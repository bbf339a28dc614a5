"""A UUID that is derived from the event; the stream is looked at before it is written."""

from datetime import datetime, time
from uuid import NAMESPACE_URL, uuid5


def just_filled(before, after):
    def full(board):
        return {c for c in board.columns if c.wip_limit is not None and not room(c)}

    return tuple(full(after) - full(before))


def room(column):
    return max(0, column.wip_limit - len(column.work_item_ids))


def talk_about(column, stored):
    noon = datetime.combine(stored.recorded_at, time(12))
    return register_work_item(
        f"Talk about {column.name}: it is full",
        due_date=(noon + timedelta(hours=24)).date(),
        work_item_id=str(uuid5(NAMESPACE_URL, f"{stored.position}/{column.id}")),
    )


class FullColumnTalks:
    def project(self, stored):
        _, _, board_id = stored.stream.partition("-")
        around = [self._boards.get(board_id, at_version=stored.version - n) for n in (1, 0)]
        with self._store.transaction():
            for column in just_filled(*around):
                self._ask(talk_about(column, stored), {"causation_id": f"{stored.position}"})

    def _ask(self, talk, metadata):
        stream = f"work-item-{talk.id}"
        if not list(self._store.read(stream)):
            self._store.append(stream, talk.pending, expected_version=0, metadata=metadata)
