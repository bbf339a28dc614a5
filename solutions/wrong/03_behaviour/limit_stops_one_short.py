"""Your column is full for you while there is still room for one item.

Look at the column before the item comes. With a limit of 2, how many items may already be in it
when one more is let in?
"""


class Column:
    def _take(self, item):
        if self._wip_limit is not None and len(self._work_item_ids) + 1 >= self._wip_limit:
            raise WorkLimitError(self._name, self._wip_limit, item.id)
        self._work_item_ids.append(item.id)
