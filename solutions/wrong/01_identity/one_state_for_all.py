"""All of your items share one name, one due date and one content.

A value that you set on the class belongs to all of its objects. Where do you have to assign it,
so that each item has a value of its own?
"""


class WorkItem:
    def rename(self, name):
        self._check_not_discarded()
        type(self)._name = _checked_name(name)

    def change_due_date(self, due_date):
        self._check_not_discarded()
        type(self)._due_date = _checked_due_date(due_date)

    def change_content(self, content):
        self._check_not_discarded()
        type(self)._content = content
