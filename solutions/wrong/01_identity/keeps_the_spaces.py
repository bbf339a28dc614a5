"""You look at the name without its spaces, but you keep it with them.

On the board, `"Fix the login"` and `"Fix the login "` would look alike and be different. Which of
the two texts do you store: the one you were given, or the one you checked?
"""


def _checked_name(name):
    if not name.strip():
        raise ValueError(f"{name!r} is blank.")
    return name
