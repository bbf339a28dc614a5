"""A new item gets past the rules that a change has to obey.

`register_work_item` accepts a blank name, and `rename` is to refuse one. How can one place in your
code hold the rule for both?
"""


class WorkItem:
    def __init__(self, work_item_id, name, due_date, content):
        self._id = work_item_id
        self._discarded = False
        self._name = name
        self._due_date = due_date
        self._content = content
