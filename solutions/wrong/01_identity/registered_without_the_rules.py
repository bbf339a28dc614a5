"""A change obeys your rules, but a new item gets past them.

`rename` refuses a blank name, and `register_work_item` accepts it. How can one place in your code
hold the rule for both?
"""


class WorkItem:
    def __init__(self, work_item_id, name, due_date, content):
        self._id = work_item_id
        self._discarded = False
        self._name = name
        self._due_date = due_date
        self._content = content
