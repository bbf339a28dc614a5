"""Your column is full at the limit exactly, and not above it.

Four items are in it, and somebody lowers the limit to two. Has it room for one more? And when two
of them have left, was it filled by that?
"""


def just_filled(before, after):
    full_before = {column.id for column in before.columns if full(column)}
    return tuple(c for c in after.columns if full(c) and c.id not in full_before)


def full(column):
    limit = column.wip_limit
    return limit is not None and len(column.work_item_ids) == limit
