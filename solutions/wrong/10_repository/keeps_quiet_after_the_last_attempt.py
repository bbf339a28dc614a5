"""Your retry says nothing when the last attempt has met a conflict, too.

It returns `None`, and whoever called it takes that for success: nothing was saved. What has to leave
the function after the last attempt?
"""


def retry_on_conflict(action, *, attempts=3):
    for _ in range(attempts):
        try:
            return action()
        except ConcurrencyError:
            continue
