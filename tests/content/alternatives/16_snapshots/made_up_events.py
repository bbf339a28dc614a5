"""A board is made from events that are made up for the purpose, and then given its version."""

from .events import BoardCreated, BoardDiscarded, ColumnAdded, WorkItemScheduled


def state_of(board):
    columns = {}
    for column in board._columns:
        columns[column.id] = {
            "name": column.name,
            "limit": column.wip_limit,
            "items": ",".join(column.work_item_ids),
        }
    return {
        "board": f"{board.version}/{board.id}",
        "texts": [board._name, board._description],
        "in use": not board._discarded,
        "columns": columns,
    }


def board_from(state):
    version, _, board_id = state["board"].partition("/")
    name, description = state["texts"]
    history = [BoardCreated(board_id=board_id, name=name, description=description)]
    for column_id, told in state["columns"].items():
        history.append(ColumnAdded(column_id=column_id, name=told["name"], wip_limit=told["limit"]))
        history += [
            WorkItemScheduled(work_item_id=item, column_id=column_id)
            for item in told["items"].split(",")
            if item
        ]
    if not state["in use"]:
        history.append(BoardDiscarded())
    board = Board.replay(history)
    board._version = int(version)
    return board


class SnapshotRepository:
    def current(self, board_id):
        stream = f"board-{board_id}"
        board, seen = None, 0
        try:
            kept = json.loads(self._cache[stream])
            if kept["schema"] == STATE_SCHEMA:
                version = int(kept["version"])
                for stored in self._store.read(stream, after=version - 1):
                    if stored.version == version and str(stored) == kept["last"]:
                        board, seen = board_from(kept["state"]), version
                    elif board is None:
                        break
                    else:
                        board.record(stored.event)
                if board is not None:
                    board.mark_saved()
        except Exception:
            board, seen = None, 0
        if board is None:
            board = super().current(board_id)
        if board.version >= seen + self._every:
            try:
                [last] = self._store.read(stream, after=board.version - 1)
                kept = {
                    "schema": STATE_SCHEMA,
                    "version": board.version,
                    "last": str(last),
                    "state": state_of(board),
                }
                self._cache[stream] = bytes(json.dumps(kept), "utf-8")
            except Exception:
                pass
        return board
