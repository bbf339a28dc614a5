"""A new item gets past your rule for names, though a renamed one does not.

`rename` refuses a blank name, and `register_work_item` accepts it. How can one place in your code
hold the rule for both?
"""


class WorkItem:
    def __init__(self, work_item_id, name, due_date, content):
        self._id = work_item_id
        self._discarded = False
        self._name = name
        self.change_due_date(due_date)
        self.change_content(content)
