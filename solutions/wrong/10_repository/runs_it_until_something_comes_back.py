"""Your retry runs an action again if it returns nothing, though it has met no conflict.

Most actions return `None`: they load, decide, save, and that was it. Yours is then done twice. What
tells you that an attempt has worked, if it is not what it returns?
"""


def retry_on_conflict(action, *, attempts=3):
    for attempt in range(attempts):
        try:
            result = action()
            if result:
                return result
        except ConcurrencyError:
            if attempt == attempts - 1:
                raise
