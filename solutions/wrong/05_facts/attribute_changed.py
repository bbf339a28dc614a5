"""Your events say that some attribute changed, and not what was wanted.

Find every change of a WIP limit among your events: you have to look into each and compare a text.
What did the team do, in its own words? And which of your readers breaks when an attribute is
renamed?
"""


@dataclass(frozen=True, kw_only=True)
class ColumnRenamed(Event):  # whole
    column_id: str
    attribute: str
    value: object


@dataclass(frozen=True, kw_only=True)
class WipLimitChanged(Event):  # whole
    column_id: str
    attribute: str
    value: object
