"""Your repository tells an event by what it says alone.

After a restore from a backup the same item was scheduled once more, after other events. The two events
are equal. What is in their envelopes?
"""

def _mark(stored):
    return repr(stored.event)
