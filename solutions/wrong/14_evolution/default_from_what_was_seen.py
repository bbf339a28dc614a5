"""Your translation of an old event depends on which others were read before.

The same stored event has to mean the same in every order, in every program, and in ten years. From what
alone may an upcaster make its answer?
"""

_limits = {}


def column_added_from_1_to_2(data):
    return {**data, "limit": _limits.get(data["column_id"], 0)}


def column_added_from_2_to_3(data):
    _limits[data["column_id"]] = data["limit"]
    rest = {name: value for name, value in data.items() if name != "limit"}
    return {**rest, "wip_limit": data["limit"] or None}
