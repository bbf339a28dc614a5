"""Your retry tries again after every error, and not after a conflict only.

The rule that said no will say no again, and a full disk is still full. After which error is there
hope, because the board has changed meanwhile?
"""


def retry_on_conflict(action, *, attempts=3):
    for _ in range(attempts - 1):
        try:
            return action()
        except Exception:
            continue
    return action()
