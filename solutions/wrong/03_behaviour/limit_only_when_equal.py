"""Your column refuses when it is full, and takes items again when it is fuller than full.

A limit can be lowered while items are in the column. What does `==` say when three items are in a
column that takes one?
"""


class Column:
    def _take(self, item):
        if len(self._work_item_ids) == self._wip_limit:
            raise WorkLimitError(self._name, self._wip_limit, item.id)
        self._work_item_ids.append(item.id)
