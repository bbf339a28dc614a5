"""Your `evolve` moves an advanced item to the neighbour, whatever column the event names.

The event tells both columns. Does the next column have to be worked out a second time, and what if
the answer is a different one by now?
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
            return replace(state, name=event.name)
        case BoardDescribed():
            return replace(state, description=event.description)
        case BoardDiscarded():
            return replace(state, discarded=True)
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
            source = column_of(state, event.from_column_id)
            place = state.columns.index(source) + 1
            target = state.columns[min(place, len(state.columns) - 1)]
            return with_item(gone, target.column_id, event.work_item_id)
        case WorkItemAbandoned() | WorkItemRetired():
            return without_item(state, event.column_id, event.work_item_id)
        case _:
            assert_never(event)
