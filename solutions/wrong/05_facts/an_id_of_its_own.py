"""Your event gets another value each time it is made, so no two are equal.

A test that expects an event has to make an equal one. Could it ever? An entity needs an id to stay
itself while it changes: what of that holds for a fact?
"""

from dataclasses import field
from uuid import uuid4


class ColumnAdded:
    event_id: str = field(default_factory=lambda: str(uuid4()))
