"""Your column takes any number of items when its limit is 0.

`None` means that there is no limit, and 0 means that nothing comes in. To `if limit:` and to `or`
they are alike. How do you ask for `None` and nothing else?
"""


class Column:
    def _take(self, item):
        if self._wip_limit and len(self._work_item_ids) >= self._wip_limit:
            raise WorkLimitError(self._name, self._wip_limit, item.id)
        self._work_item_ids.append(item.id)
