"""Your retry runs the action and keeps what it returns to itself.

An action may return the board that it saved, or the place of an item. Which word is missing in front
of the call?
"""


def retry_on_conflict(action, *, attempts=3):
    for _ in range(attempts - 1):
        try:
            action()
            return
        except ConcurrencyError:
            continue
    action()
