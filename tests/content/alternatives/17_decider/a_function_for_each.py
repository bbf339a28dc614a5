"""A function for each event and each command, in two tables; no `match` at all."""

from operator import attrgetter


def with_columns(state, columns):
    return replace(state, columns=tuple(columns))


def column_from(event):
    return ColumnState(column_id=event.column_id, name=event.name, wip_limit=event.wip_limit)


def begun(state, event):
    return BoardState(
        board_id=event.board_id, name=event.name, description=event.description
    )


def inserted(state, event):
    columns = []
    for column in state.columns:
        if column.column_id == event.following_id:
            columns.append(column_from(event))
        columns.append(column)
    return with_columns(state, columns)


def removed(state, event):
    return with_columns(
        state, (c for c in state.columns if c.column_id != event.column_id)
    )


def advanced(state, event):
    there = with_item(state, event.to_column_id, event.work_item_id)
    return without_item(there, event.from_column_id, event.work_item_id)


def gone(state, event):
    return without_item(state, event.column_id, event.work_item_id)


def of_the_board(field):
    value = attrgetter(field)
    return lambda state, event: replace(state, **{field: value(event)})


def of_a_column(field):
    value = attrgetter(field)
    return lambda state, event: with_column(state, event.column_id, **{field: value(event)})


def meanings():
    return {
        BoardCreated: begun,
        BoardRenamed: of_the_board("name"),
        BoardDescribed: of_the_board("description"),
        BoardDiscarded: lambda state, event: replace(state, discarded=True),
        ColumnAdded: lambda state, event: with_columns(
            state, [*state.columns, column_from(event)]
        ),
        ColumnInserted: inserted,
        ColumnRenamed: of_a_column("name"),
        WipLimitChanged: of_a_column("wip_limit"),
        ColumnRemoved: removed,
        WorkItemScheduled: lambda state, event: with_item(
            state, event.column_id, event.work_item_id
        ),
        WorkItemAdvanced: advanced,
        WorkItemAbandoned: gone,
        WorkItemRetired: gone,
    }


def evolve(state, event):
    meaning = meanings().get(type(event))
    if meaning is None:
        raise AssertionError(f"What does {event!r} do to a board?")
    return meaning(state, event)


def rename(command, state):
    column = column_of(state, command.column_id)
    name = free_name(state, command.name, column)
    if name != column.name:
        yield ColumnRenamed(column_id=column.column_id, name=name)


def schedule(command, state):
    first = first_column_for(state, command.work_item_id)
    check_room(first, command.work_item_id)
    yield WorkItemScheduled(work_item_id=command.work_item_id, column_id=first.column_id)


def advance(command, state):
    here = column_with(state, command.work_item_id)
    there = column_after(state, here, command.work_item_id)
    check_room(there, command.work_item_id)
    yield WorkItemAdvanced(
        work_item_id=command.work_item_id,
        from_column_id=here.column_id,
        to_column_id=there.column_id,
    )


def abandon(command, state):
    here = column_with(state, command.work_item_id)
    yield WorkItemAbandoned(work_item_id=command.work_item_id, column_id=here.column_id)


def retire(command, state):
    here = column_with(state, command.work_item_id)
    if here is not state.columns[-1]:
        raise ConstraintError(f"{command.work_item_id!r} is still in {here.name!r}.")
    yield WorkItemRetired(work_item_id=command.work_item_id, column_id=here.column_id)


def rules():
    return {
        RenameColumn: rename,
        ScheduleWorkItem: schedule,
        AdvanceWorkItem: advance,
        AbandonWorkItem: abandon,
        RetireWorkItem: retire,
    }


def decide(command, state):
    if state.discarded:
        raise DiscardedEntityError("board", state.board_id)
    rule = rules().get(type(command))
    if rule is None:
        raise AssertionError(f"{command!r} is no command of a board.")
    return list(rule(command, state))


def fold(history):
    state = NO_BOARD
    for event in history:
        state = evolve(state, event)
    return state
