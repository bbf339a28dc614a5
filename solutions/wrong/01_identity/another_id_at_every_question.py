"""Your item answers with another id each time it is asked.

A property runs at every access. At which moment in the life of an item must its id be made, and
where must it be kept from then on?
"""


class WorkItem:
    @property
    def id(self):
        return self._id or str(uuid4())


def register_work_item(name, *, due_date=None, content="", work_item_id=None):
    return WorkItem(work_item_id, name, due_date, content)
