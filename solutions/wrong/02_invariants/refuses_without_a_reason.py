"""Your refusals do not say which value they refuse.

Somebody reads the error in a log at night, far from your code. Which name, id or limit do they
need to see in the message?
"""


class Board:
    def _new_column(self, name, wip_limit, column_id):
        column_id = str(uuid4()) if column_id is None else column_id
        if any(column.id == column_id for column in self._columns):
            raise ConstraintError("This id is taken.")
        return Column(column_id, self._free_name(name), _checked_wip_limit(wip_limit))

    def _free_name(self, name, besides=None):
        name = _checked_text("column's name", name)
        if any(column.name == name for column in self._columns if column != besides):
            raise ConstraintError("This name is taken.")
        return name


def _checked_wip_limit(wip_limit):
    is_a_number = isinstance(wip_limit, int) and not isinstance(wip_limit, bool)
    if wip_limit is not None and not (is_a_number and wip_limit >= 0):
        raise ValueError("A limit is None or an int from 0 upward.")
    return wip_limit
