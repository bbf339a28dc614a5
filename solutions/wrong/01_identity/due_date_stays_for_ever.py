"""Your item ignores the wish to take its due date away.

`change_due_date(None)` is a wish too: no day is promised any more. Does your code treat `None` as
an answer, or as no answer at all?
"""


class WorkItem:
    def __init__(self, work_item_id, name, due_date, content):
        self._id = work_item_id
        self._discarded = False
        self._due_date = None
        self.rename(name)
        self.change_due_date(due_date)
        self.change_content(content)

    def change_due_date(self, due_date):
        self._check_not_discarded()
        if due_date is not None:
            self._due_date = _checked_due_date(due_date)
