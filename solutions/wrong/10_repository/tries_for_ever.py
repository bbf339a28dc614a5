"""Your retry never gives up.

On a board that everybody changes all the time, somebody waits without end and without a word. How
often may it be tried, and what happens after that?
"""


def retry_on_conflict(action, *, attempts=3):
    while True:
        try:
            return action()
        except ConcurrencyError:
            continue
