"""Two of your items are equal, and yet their hashes differ.

A set compares two items only where their hashes agree. From which value must the hash be made,
if equal items are to have equal hashes?
"""


class WorkItem:
    def __hash__(self):
        return id(self)
