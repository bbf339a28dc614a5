"""When one of your items is discarded, all of them are.

A mark that you set on the class is seen by all of its objects. On what do you have to set it, so
that it holds for one item alone?
"""


class WorkItem:
    _discarded = False

    def __init__(self, work_item_id, name, due_date, content):
        self._id = work_item_id
        type(self)._discarded = False
        self.rename(name)
        self.change_due_date(due_date)
        self.change_content(content)

    def discard(self):
        self._check_not_discarded()
        type(self)._discarded = True
