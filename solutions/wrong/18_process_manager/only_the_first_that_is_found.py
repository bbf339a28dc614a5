"""You stop at the first column that was filled.

Between the two boards, two columns may have filled up. What happens to the second one?
"""


def just_filled(before, after):
    full_before = {column.id for column in before.columns if _is_full(column)}
    for column in after.columns:
        if _is_full(column) and column.id not in full_before:
            return (column,)
    return ()
