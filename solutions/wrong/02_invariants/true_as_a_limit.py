"""Your board accepts `True` as a limit.

Try `isinstance(True, int)`. What does Python answer? A column that takes *true* items is a mistake
of the caller. What has to be looked at besides `int`?
"""


def _checked_wip_limit(wip_limit):
    if wip_limit is not None and (not isinstance(wip_limit, int) or wip_limit < 0):
        raise ValueError(f"{wip_limit!r} is no limit.")
    return wip_limit
