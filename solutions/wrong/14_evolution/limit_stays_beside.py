"""Your data of schema 3 has the old field beside the new one.

Schema 3 has `column_id`, `name` and `wip_limit`, and today's class takes these. What will the codec say
about a field that nobody knows?
"""

def column_added_from_2_to_3(data):
    return {**data, "wip_limit": data["limit"] or None}
