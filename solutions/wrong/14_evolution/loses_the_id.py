"""Your `column_added_from_2_to_3` loses what did not change.

An upcaster gives all the data of the next schema. Which fields of a column are the same in both schemas,
and where are they in what you return?
"""

def column_added_from_2_to_3(data):
    return {"name": data["name"], "wip_limit": data["limit"] or None}
