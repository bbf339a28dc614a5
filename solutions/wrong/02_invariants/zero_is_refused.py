"""Your board refuses a limit of 0.

A team closes a column for a week: nothing new may come in. Read in the docstring of `add_column`
which limits there are. Is 0 one of them?
"""


def _checked_wip_limit(wip_limit):
    if wip_limit is not None and (type(wip_limit) is not int or wip_limit <= 0):
        raise ValueError(f"{wip_limit!r} is no limit.")
    return wip_limit
