"""Your retry takes `attempts` for the number of repetitions, so it tries once too often.

With `attempts=1` the action runs once in all. Count: how often does your loop call it, and how often
is it called behind the loop?
"""


def retry_on_conflict(action, *, attempts=3):
    for _ in range(attempts):
        try:
            return action()
        except ConcurrencyError:
            continue
    return action()
