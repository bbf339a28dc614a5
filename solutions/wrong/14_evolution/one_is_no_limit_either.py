"""Your `column_added_from_2_to_3` takes a limit of 1 for none.

A column that takes one item at a time is common. Which number alone meant that there is no limit?
"""

def column_added_from_2_to_3(data):
    rest = {name: value for name, value in data.items() if name != "limit"}
    return {**rest, "wip_limit": data["limit"] if data["limit"] > 1 else None}
