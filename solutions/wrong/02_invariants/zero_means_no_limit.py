"""Your board takes a limit of 0 for no limit at all.

To Python, `0` counts as false, as `None` does. A column with the limit 0 takes nothing, and one
without a limit takes everything. How do you ask for `None`, and for nothing else?
"""


def _checked_wip_limit(wip_limit):
    if not wip_limit and wip_limit is not False:
        return None
    if type(wip_limit) is not int or wip_limit < 0:
        raise ValueError(f"{wip_limit!r} is no limit.")
    return wip_limit
