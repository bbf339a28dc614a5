"""Reads the board's stream once, replays it in two pieces, and looks at the error that it got."""


def just_filled(before, after):
    limits = {column.id: (column.wip_limit, len(column.work_item_ids)) for column in before.columns}
    filled = []
    for column in after.columns:
        limit, number = limits.get(column.id, (None, 0))
        had_room = limit is None or number < limit
        has_room = column.wip_limit is None or len(column.work_item_ids) < column.wip_limit
        if had_room and not has_room:
            filled.append(column)
    return filled


def talk_about(column, stored):
    position = str(stored.position)
    return register_work_item(
        "Talk about " + column.name + ": it is full",
        due_date=(stored.recorded_at + timedelta(days=1)).date(),
        work_item_id=":".join(["full", column.id, position]),
    )


class FullColumnTalks:
    def project(self, stored):
        stream = stored.stream
        history = [e.event for e in self._store.read(stream) if e.version <= stored.version]
        for column in just_filled(Board.replay(history[:-1]), Board.replay(history)):
            talk = talk_about(column, stored)
            own = "work-item-" + talk.id
            cause = {"causation_id": str(stored.position)}
            try:
                self._store.append(own, list(talk.pending), expected_version=0, metadata=cause)
            except ConcurrencyError as error:
                if error.actual < 1:
                    raise
