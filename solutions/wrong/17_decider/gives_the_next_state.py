"""Your `decide` gives the next state, and not what happened.

Tomorrow somebody wants to know how the board came to be like this. What can be stored, and what can
be folded, if there are no events? Which of the two functions makes states?
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
            return evolve(state, ColumnRenamed(column_id=column_id, name=name))
        case ScheduleWorkItem(work_item_id=item):
            first = first_column_for(state, item)
            check_room(first, item)
            event = WorkItemScheduled(work_item_id=item, column_id=first.column_id)
            return evolve(state, event)
        case AdvanceWorkItem(work_item_id=item):
            source = column_with(state, item)
            target = column_after(state, source, item)
            check_room(target, item)
            return evolve(
                state,
                WorkItemAdvanced(
                    work_item_id=item,
                    from_column_id=source.column_id,
                    to_column_id=target.column_id,
                ),
            )
        case AbandonWorkItem(work_item_id=item):
            source = column_with(state, item)
            event = WorkItemAbandoned(work_item_id=item, column_id=source.column_id)
            return evolve(state, event)
        case RetireWorkItem(work_item_id=item):
            source = column_with(state, item)
            if source != state.columns[-1]:
                raise ConstraintError(
                    f"Only the last column retires; {item!r} is in {source.name!r}."
                )
            event = WorkItemRetired(work_item_id=item, column_id=source.column_id)
            return evolve(state, event)
        case _:
            assert_never(command)
