"""You take a column without a limit for one that lets nothing in.

To do has no limit, and takes any number of items. Is it ever full? And when it gets its first
limit, was it full before?
"""


def just_filled(before, after):
    full_before = {column.id for column in before.columns if full(column)}
    return tuple(c for c in after.columns if full(c) and c.id not in full_before)


def full(column):
    limit = column.wip_limit
    return len(column.work_item_ids) >= (limit or 0)
