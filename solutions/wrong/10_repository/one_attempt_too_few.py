"""Your retry gives up one attempt too early.

With `attempts=2`, an action that fails once and then works has to come to its end. Count the calls:
which number does your loop begin with, and which is its last?
"""


def retry_on_conflict(action, *, attempts=3):
    conflict = None
    for _ in range(1, max(attempts, 2)):
        try:
            return action()
        except ConcurrencyError as met:
            conflict = met
    raise conflict
