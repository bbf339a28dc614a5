"""Your board takes a second column with the id of another.

From then on, the board finds only one of the two by that id. Is the rule for names the only one
that spans all columns? Read again what `add_column` refuses.
"""


class Board:
    def _new_column(self, name, wip_limit, column_id):
        column_id = str(uuid4()) if column_id is None else column_id
        return Column(column_id, self._free_name(name), _checked_wip_limit(wip_limit))
