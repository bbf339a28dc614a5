"""Your column takes one item more than its limit.

A column with a limit of 2 holds two items. What does your comparison say about the third? And what
does it say about the first item of a column with a limit of 0?
"""


class Column:
    def _take(self, item):
        if self._wip_limit is not None and not len(self._work_item_ids) <= self._wip_limit:
            raise WorkLimitError(self._name, self._wip_limit, item.id)
        self._work_item_ids.append(item.id)
