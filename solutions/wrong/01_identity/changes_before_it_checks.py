"""Your item refuses the new value, and has it all the same.

What is left in the item after `rename("   ")` has raised its error? In which order do the check
and the assignment have to come?
"""


class WorkItem:
    def rename(self, name):
        self._check_not_discarded()
        self._name = name
        self._name = _checked_name(name)

    def change_due_date(self, due_date):
        self._check_not_discarded()
        self._due_date = due_date
        self._due_date = _checked_due_date(due_date)
