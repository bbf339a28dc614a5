"""States with a field more, which counts the events; the fold calls itself."""


@dataclass(frozen=True, kw_only=True)
class BoardState:  # whole
    board_id: str = ""
    name: str = ""
    description: str = ""
    columns: tuple[ColumnState, ...] = ()
    discarded: bool = False
    version: int = 0


NO_BOARD = BoardState()


def evolve(state, event):
    return replace(changed(state, event), version=state.version + 1)


def changed(state, event):
    old = state.columns
    match event:
        case BoardCreated(board_id=board_id, name=name, description=description):
            return replace(NO_BOARD, board_id=board_id, name=name, description=description)
        case BoardRenamed(name=name):
            return replace(state, name=name)
        case BoardDescribed(description=description):
            return replace(state, description=description)
        case BoardDiscarded():
            return replace(state, discarded=True)
        case ColumnAdded(column_id=new, name=name, wip_limit=limit):
            column = ColumnState(column_id=new, name=name, wip_limit=limit)
            return replace(state, columns=(*old, column))
        case ColumnInserted(column_id=new, name=name, wip_limit=limit):
            column = ColumnState(column_id=new, name=name, wip_limit=limit)
            pairs = ((column, c) if c.column_id == event.following_id else (c,) for c in old)
            return replace(state, columns=sum(pairs, ()))
        case ColumnRenamed(column_id=column_id, name=name):
            return with_column(state, column_id, name=name)
        case WipLimitChanged(column_id=column_id, wip_limit=limit):
            return with_column(state, column_id, wip_limit=limit)
        case ColumnRemoved(column_id=column_id):
            return replace(state, columns=tuple(c for c in old if c.column_id != column_id))
        case WorkItemScheduled(work_item_id=item, column_id=column_id):
            return with_item(state, column_id, item)
        case WorkItemAdvanced(work_item_id=item, from_column_id=here, to_column_id=there):
            return with_item(without_item(state, here, item), there, item)
        case WorkItemAbandoned(work_item_id=item, column_id=column_id):
            return without_item(state, column_id, item)
        case WorkItemRetired(work_item_id=item, column_id=column_id):
            return without_item(state, column_id, item)
    assert_never(event)


def decide(command, state):
    decided = []
    if state.discarded:
        raise DiscardedEntityError("board", state.board_id)
    match command:
        case RenameColumn(column_id=column_id, name=name):
            column = column_of(state, column_id)
            free = free_name(state, name, besides=column)
            if free != column.name:
                decided.append(ColumnRenamed(column_id=column_id, name=free))
        case ScheduleWorkItem(work_item_id=item):
            check_room(column := first_column_for(state, item), item)
            decided.append(WorkItemScheduled(work_item_id=item, column_id=column.column_id))
        case AdvanceWorkItem(work_item_id=item):
            here = column_with(state, item)
            check_room(there := column_after(state, here, item), item)
            decided.append(
                WorkItemAdvanced(
                    work_item_id=item,
                    from_column_id=here.column_id,
                    to_column_id=there.column_id,
                )
            )
        case AbandonWorkItem(work_item_id=item):
            here = column_with(state, item).column_id
            decided.append(WorkItemAbandoned(work_item_id=item, column_id=here))
        case RetireWorkItem(work_item_id=item):
            here = column_with(state, item)
            if item not in state.columns[-1].work_item_ids:
                raise ConstraintError(f"{item!r} is in {here.name!r}, and not at the end.")
            decided.append(WorkItemRetired(work_item_id=item, column_id=here.column_id))
        case _:
            assert_never(command)
    return decided


def fold(history):
    events = iter(history)
    return _from(NO_BOARD, events)


def _from(state, events):
    for event in events:
        return _from(evolve(state, event), events)
    return state
