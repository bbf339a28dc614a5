"""Your item accepts a name that consists of nothing but spaces.

To Python, `"   "` is not empty, so it counts as true. What is left of it without the spaces
around it?
"""


def _checked_name(name):
    if not name:
        raise ValueError(f"A name is not empty, and {name!r} is.")
    return name
