"""Your event has the name of an order, and not of a fact.

An order can be refused, and a fact has happened already. Read the name aloud: does it say what to
do, or what was done? Which tense do the names of the other events have?
"""


class ColumnAdded:
    # As if the class were called so, with `ColumnAdded` as a second name for it.
    __qualname__ = "AddColumn"
