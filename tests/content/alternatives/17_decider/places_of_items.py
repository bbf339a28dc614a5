"""Without the functions that are given: everything is worked out from the places of the items."""

from itertools import accumulate


def places(state):
    return {
        item: number
        for number, column in enumerate(state.columns)
        for item in column.work_item_ids
    }


def decide(command, state):
    if state.discarded:
        raise DiscardedEntityError(kind="board", entity_id=state.board_id)
    if isinstance(command, RenameColumn):
        return decide_name(command, state)
    kinds = ScheduleWorkItem, AdvanceWorkItem, AbandonWorkItem, RetireWorkItem
    assert isinstance(command, kinds), command
    item, where = command.work_item_id, places(state)
    ids = [column.column_id for column in state.columns]

    if isinstance(command, ScheduleWorkItem):
        if item in where:
            name = state.columns[where[item]].name
            raise ConstraintError(f"{name!r} holds {item!r}.")
        if not ids:
            raise ConstraintError(f"There is no column for {item!r}.")
        refuse_if_full(state.columns[0], item)
        return [WorkItemScheduled(work_item_id=item, column_id=ids[0])]

    if item not in where:
        raise WorkItemNotFoundError(item, "on this board")
    place = where[item]
    is_last = place == len(ids) - 1
    if isinstance(command, AbandonWorkItem):
        return [WorkItemAbandoned(work_item_id=item, column_id=ids[place])]
    if isinstance(command, RetireWorkItem) and is_last:
        return [WorkItemRetired(work_item_id=item, column_id=ids[place])]
    if isinstance(command, RetireWorkItem) or is_last:
        raise ConstraintError(f"Not from {state.columns[place].name!r}: {item!r}.")
    refuse_if_full(state.columns[place + 1], item)
    moved = {"from_column_id": ids[place], "to_column_id": ids[place + 1]}
    return [WorkItemAdvanced(work_item_id=item, **moved)]


def decide_name(command, state):
    names = {column.column_id: column.name for column in state.columns}
    if command.column_id not in names:
        raise ColumnNotFoundError(state.board_id, command.column_id)
    old, new = names.pop(command.column_id), command.name.strip()
    if new == "":
        raise ValueError("a blank name")
    if new in names.values():
        raise ConstraintError(f"{new!r} is taken")
    return [] if new == old else [ColumnRenamed(column_id=command.column_id, name=new)]


def refuse_if_full(column, item):
    room = float("inf") if column.wip_limit is None else column.wip_limit
    if not len(column.work_item_ids) < room:
        raise WorkLimitError(column.name, column.wip_limit, item)


def evolve(state, event):
    if isinstance(event, BoardCreated):
        return BoardState(**vars(event))
    if isinstance(event, BoardRenamed | BoardDescribed):
        return replace(state, **vars(event))
    if isinstance(event, BoardDiscarded):
        return replace(state, discarded=True)
    columns = {column.column_id: column for column in state.columns}
    match event:
        case ColumnAdded():
            columns[event.column_id] = ColumnState(**vars(event))
        case ColumnInserted(following_id=following):
            told = {k: v for k, v in vars(event).items() if k != "following_id"}
            place = list(columns).index(following)
            items = list(columns.items())
            items.insert(place, (event.column_id, ColumnState(**told)))
            columns = dict(items)
        case ColumnRenamed() | WipLimitChanged():
            columns[event.column_id] = replace(columns[event.column_id], **vars(event))
        case ColumnRemoved():
            del columns[event.column_id]
        case WorkItemScheduled(work_item_id=item):
            entered(columns, event.column_id, item)
        case WorkItemAdvanced(work_item_id=item):
            left(columns, event.from_column_id, item)
            entered(columns, event.to_column_id, item)
        case WorkItemAbandoned(work_item_id=item) | WorkItemRetired(work_item_id=item):
            left(columns, event.column_id, item)
        case _:
            raise AssertionError(event)
    return replace(state, columns=tuple(columns.values()))


def entered(columns, column_id, item):
    items = (*columns[column_id].work_item_ids, item)
    columns[column_id] = replace(columns[column_id], work_item_ids=items)


def left(columns, column_id, item):
    items = list(columns[column_id].work_item_ids)
    items.remove(item)
    columns[column_id] = replace(columns[column_id], work_item_ids=tuple(items))


def fold(history):
    *_, last = accumulate(history, evolve, initial=NO_BOARD)
    return last
