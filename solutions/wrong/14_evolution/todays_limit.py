"""Your `column_added_from_1_to_2` gives old columns a limit that was agreed on later.

When these columns were added, there were no limits. If the team agrees on another one tomorrow, will
March have been different?
"""

LIMIT_OF_THE_TEAM = 3


def column_added_from_1_to_2(data):
    return {**data, "limit": LIMIT_OF_THE_TEAM}
