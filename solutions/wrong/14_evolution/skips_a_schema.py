"""Your `column_added_from_1_to_2` goes to schema 3 at once.

`upcast` sends what you return through the next function, which reads schema 2. Which field does it look
for? And who changes your function on the day on which there is a schema 4?
"""

def column_added_from_1_to_2(data):
    return {**data, "wip_limit": None}
