"""Your `column_added_from_1_to_2` writes a `None` that schema 2 did not have.

It comes out right today, because the next function takes `None` as well as 0. How did schema 2 say that
there is no limit? Whoever reads your function next year will believe it.
"""

def column_added_from_1_to_2(data):
    return {**data, "limit": None}
