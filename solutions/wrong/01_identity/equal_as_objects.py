"""Two of your items are not equal, though their ids are.

Tomorrow the same item is loaded from a file, perhaps under another name, and a second object stands
for it. Which of its values tells you that both objects mean the same piece of work? Does your `==`
look at anything else?
"""


class WorkItem:
    def __eq__(self, other):
        return self is other
