"""Your `column_added_from_2_to_3` changes the name of the field and keeps its 0.

In schema 2, 0 meant that there is no limit. What does 0 mean today, and what will the column do with
the next item?
"""

def column_added_from_2_to_3(data):
    rest = {name: value for name, value in data.items() if name != "limit"}
    return {**rest, "wip_limit": data["limit"]}
