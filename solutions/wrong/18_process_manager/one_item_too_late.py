"""Your column is full only when it has more items than its limit.

The board lets in no more than the limit says. Which number of items is the last one that it can
have?
"""


def just_filled(before, after):
    full_before = {column.id for column in before.columns if full(column)}
    return tuple(c for c in after.columns if full(c) and c.id not in full_before)


def full(column):
    limit = column.wip_limit
    return limit is not None and len(column.work_item_ids) > limit
