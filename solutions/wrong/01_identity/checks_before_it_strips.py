"""You look whether the name is empty before you take the spaces away.

Follow the name `"   "` through your code, line by line. What is it when it is checked, and what
is it when it is stored?
"""


def _checked_name(name):
    if not name:
        raise ValueError(f"A name is not empty, and {name!r} is.")
    return name.strip()
