"""After its last attempt, your retry tells the conflict of the first.

Its versions are old by now: the stream has gone on since. Which of the conflicts says how things are?
"""


def retry_on_conflict(action, *, attempts=3):
    first = None
    for _ in range(attempts):
        try:
            return action()
        except ConcurrencyError as conflict:
            first = first or conflict
    raise first
