"""Your `decide` gives no events for a command that it does not know.

Somebody writes a sixth command and forgets its case here. Who notices, if the answer is the same as
for *nothing is new*? What should stand in the last case?
"""


def decide(command, state):
    if state.discarded:
        raise DiscardedEntityError("board", state.board_id)
    match command:
        case RenameColumn(column_id=column_id):
            column = column_of(state, column_id)
            name = free_name(state, command.name, besides=column)
            if name == column.name:
                return []
            return [ColumnRenamed(column_id=column_id, name=name)]
        case ScheduleWorkItem(work_item_id=item):
            first = first_column_for(state, item)
            check_room(first, item)
            return [WorkItemScheduled(work_item_id=item, column_id=first.column_id)]
        case AdvanceWorkItem(work_item_id=item):
            source = column_with(state, item)
            target = column_after(state, source, item)
            check_room(target, item)
            return [
                WorkItemAdvanced(
                    work_item_id=item,
                    from_column_id=source.column_id,
                    to_column_id=target.column_id,
                )
            ]
        case AbandonWorkItem(work_item_id=item):
            source = column_with(state, item)
            return [
                WorkItemAbandoned(work_item_id=item, column_id=source.column_id)
            ]
        case RetireWorkItem(work_item_id=item):
            source = column_with(state, item)
            if source != state.columns[-1]:
                raise ConstraintError(
                    f"Only the last column retires; {item!r} is in {source.name!r}."
                )
            return [WorkItemRetired(work_item_id=item, column_id=source.column_id)]
        case _:
            return []
