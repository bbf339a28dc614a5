"""Your discarded item refuses questions, but still takes changes.

Nobody will ever see what is changed in an item that was given up. What should `rename` and the
other commands do first?
"""


class WorkItem:
    def rename(self, name):
        self._name = _checked_name(name)

    def change_due_date(self, due_date):
        self._due_date = _checked_due_date(due_date)

    def change_content(self, content):
        self._content = content

    def discard(self):
        self._discarded = True
