"""Your `column_added_from_2_to_3` takes the limit away from every column.

Some columns had a limit of 3 last year. Which of the old values changed its meaning, and which of them
kept it?
"""

def column_added_from_2_to_3(data):
    rest = {name: value for name, value in data.items() if name != "limit"}
    return {**rest, "wip_limit": None}
