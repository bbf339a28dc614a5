"""You check the limit of the column that the item leaves.

Which of the two columns holds one item more after the move? That is the one whose limit counts.
"""


class Board:
    def advance(self, item):
        place = self._place_of(item)
        source = self._columns[place]
        if place == len(self._columns) - 1:
            raise ConstraintError(f"{item.id} is in {source.name} already.")
        if source.wip_limit is not None and len(source.work_item_ids) >= source.wip_limit:
            raise WorkLimitError(source.name, source.wip_limit, item.id)
        self._columns[place + 1]._work_item_ids.append(item.id)
        source._let_go(item)
