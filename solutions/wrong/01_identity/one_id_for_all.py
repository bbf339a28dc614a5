"""All of your items get the same id: it was made once, not once for each item.

When is the default value of a parameter worked out: when the function is called, or when it is
defined? And a value at the top of a module?
"""


def register_work_item(name, *, due_date=None, content="", work_item_id=str(uuid4())):
    return WorkItem(work_item_id, name, due_date, content)
