"""You take the limit 0 for no limit.

A column with the limit 0 lets nothing in. Has it room for one more item? Which limit means that
there is none?
"""


def just_filled(before, after):
    full_before = {column.id for column in before.columns if full(column)}
    return tuple(c for c in after.columns if full(c) and c.id not in full_before)


def full(column):
    limit = column.wip_limit
    return bool(limit) and len(column.work_item_ids) >= limit
