"""Your event tells more than its docstring says.

A version or a time is known when the event is recorded, and the envelope keeps them: look at
`StoredEvent`. What is left that belongs to the fact itself?
"""


class ColumnAdded:
    version: int = 0
