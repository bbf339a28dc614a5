"""Your `column_added_from_2_to_3` takes a field out of the dictionary that it was given.

Whoever called it still holds that dictionary, and believes that this is what was stored. How do you
get a dictionary that you may change?
"""

def column_added_from_2_to_3(data):
    limit = data.pop("limit")
    return {**data, "wip_limit": limit or None}
