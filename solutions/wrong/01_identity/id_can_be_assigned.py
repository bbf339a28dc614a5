"""Anybody can give your item another id.

Every set that holds the item, and every board that holds its id, would lose it. What is the
difference between a property with a setter and one without?
"""


class WorkItem:
    @id.setter
    def id(self, work_item_id):
        self._id = work_item_id
