"""A new item gets past your rules: nothing looks at its values when it is registered.

`rename` is to refuse a blank name, and `register_work_item` accepts one. How can one place in your
code hold the rule for both?
"""


class WorkItem:
    def __init__(self, work_item_id, name, due_date, content):
        self._id = work_item_id
        self._discarded = False
        self._name = name
        self._due_date = due_date
        self._content = content
