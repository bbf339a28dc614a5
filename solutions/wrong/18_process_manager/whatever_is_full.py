"""You find the columns that are full, whether the event filled them or not.

Doing is full all week, and To do gets ten items. How many talks should that be? What does the board
before the event have to say?
"""


def just_filled(before, after):
    return tuple(column for column in after.columns if _is_full(column))
