"""Your functions change the data that they are given.

The caller's dictionary and yours are the same one. Somebody who wanted to look at what is stored, after
you, sees what you made of it. How do you make a new dictionary from an old one?
"""

def column_added_from_1_to_2(data):
    data["limit"] = 0
    return data


def column_added_from_2_to_3(data):
    data["wip_limit"] = data.pop("limit") or None
    return data
