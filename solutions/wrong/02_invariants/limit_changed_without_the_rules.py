"""A new column cannot have a wrong limit, but you let a change put one in.

`add_column` refuses -1, and a minute later `change_wip_limit` accepts it. How can one place in
your code hold the rule for both?
"""


class Board:
    def change_wip_limit(self, column_id, wip_limit):
        self.column(column_id)._wip_limit = wip_limit
