"""A new item obeys your rules, but a change gets past them.

`register_work_item` refuses a blank name, and a minute later `rename` accepts it. How can one
place in your code hold the rule for both?
"""


class WorkItem:
    def __init__(self, work_item_id, name, due_date, content):
        self._id = work_item_id
        self._discarded = False
        self._name = _checked_name(name)
        self._due_date = _checked_due_date(due_date)
        self._content = content

    def rename(self, name):
        self._check_not_discarded()
        self._name = name

    def change_due_date(self, due_date):
        self._check_not_discarded()
        self._due_date = due_date
