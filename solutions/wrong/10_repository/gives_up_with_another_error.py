"""Your retry ends in an error of its own, which says neither stream nor versions.

Whoever catches conflicts does not catch this one. Which error did the last attempt end in, and what
keeps it from getting out?
"""


def retry_on_conflict(action, *, attempts=3):
    for _ in range(attempts):
        try:
            return action()
        except ConcurrencyError:
            continue
    raise RuntimeError(f"There was a conflict {attempts} times.")
