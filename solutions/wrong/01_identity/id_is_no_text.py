"""The id that your item makes is a `UUID`, and not text.

Look at the annotation of `WorkItem.id`. What turns a `UUID` into a value that a file, a web page
and a database all keep as it is?
"""


def register_work_item(name, *, due_date=None, content="", work_item_id=None):
    return WorkItem(work_item_id or uuid4(), name, due_date, content)
