"""Your item does not accept empty content.

A name must say something. Does the same go for the content? Read again what the docstrings say
about the two.
"""


class WorkItem:
    def change_content(self, content):
        self._check_not_discarded()
        self._content = _checked_name(content)
