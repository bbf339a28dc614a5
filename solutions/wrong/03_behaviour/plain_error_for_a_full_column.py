"""Your full column refuses with a plain `ConstraintError`.

A caller may want to wait until there is room, and can do nothing about the other rules. Which
error, made for this, lets it tell them apart?
"""


class Column:
    def _take(self, item):
        if self._wip_limit is not None and len(self._work_item_ids) >= self._wip_limit:
            raise ConstraintError(f"{self._name} takes {self._wip_limit}, not {item.id} too.")
        self._work_item_ids.append(item.id)
