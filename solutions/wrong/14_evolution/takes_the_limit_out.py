"""Your `column_added_from_2_to_3` gives a new dictionary and takes a field out of the old one.

`pop` does two things at once. Which of them did you want, and on which of the two dictionaries?
"""

def column_added_from_2_to_3(data):
    limit = data.pop("limit")
    return {**data, "wip_limit": limit or None}
