"""Your item makes up an id of its own even when it was given one.

An item that is loaded again tomorrow must come back as itself. Where does the id come from that
`register_work_item` was given, and when is a new one needed at all?
"""


def register_work_item(name, *, due_date=None, content="", work_item_id=None):
    return WorkItem(str(uuid4()), name, due_date, content)
