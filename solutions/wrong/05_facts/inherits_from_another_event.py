"""One of your events inherits from another event, and so is of both kinds.

Somebody asks for columns that were added at the right end with `case ColumnAdded():`. What does
Python answer for a column that was put in elsewhere? Is it worse to write a field twice?
"""


@dataclass(frozen=True, kw_only=True)
class ColumnInserted(ColumnAdded):  # whole
    following_id: str
