"""Your `evolve` gets round `frozen=True` and changes the very state that it was given.

Somebody holds the state of 1 October, and goes on to 31 October from there. What does the state of
1 October say now? Which function of `dataclasses` gives you a changed copy?
"""


def evolve(state, event):
    columns = state.columns
    match event:
        case BoardCreated():
            return BoardState(
                board_id=event.board_id,
                name=event.name,
                description=event.description,
            )
        case BoardRenamed():
            object.__setattr__(state, "name", event.name)
            return state
        case BoardDescribed():
            return replace(state, description=event.description)
        case BoardDiscarded():
            object.__setattr__(state, "discarded", True)
            return state
        case ColumnAdded():
            return replace(state, columns=(*columns, _new_column(event)))
        case ColumnInserted():
            place = columns.index(column_of(state, event.following_id))
            before, after = columns[:place], columns[place:]
            return replace(state, columns=(*before, _new_column(event), *after))
        case ColumnRenamed():
            return with_column(state, event.column_id, name=event.name)
        case WipLimitChanged():
            return with_column(state, event.column_id, wip_limit=event.wip_limit)
        case ColumnRemoved():
            left = tuple(c for c in columns if c.column_id != event.column_id)
            return replace(state, columns=left)
        case WorkItemScheduled():
            return with_item(state, event.column_id, event.work_item_id)
        case WorkItemAdvanced():
            gone = without_item(state, event.from_column_id, event.work_item_id)
            return with_item(gone, event.to_column_id, event.work_item_id)
        case WorkItemAbandoned() | WorkItemRetired():
            return without_item(state, event.column_id, event.work_item_id)
        case _:
            assert_never(event)
