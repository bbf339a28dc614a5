"""You look whether the limit is below 0, and not whether it is an int.

What does your condition say of `2.0`, and what does Python do at `"3" < 0`? You know what a limit
must not be. What is it?
"""


def _checked_wip_limit(wip_limit):
    if wip_limit is not None and wip_limit < 0:
        raise ValueError(f"{wip_limit!r} is no limit.")
    return wip_limit
