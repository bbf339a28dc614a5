"""Your event holds the column itself, and the column goes on changing.

Tomorrow the column is renamed, and yesterday's event tells another story than yesterday. And how
would you write a column into a file? What is there about a column that never changes and fits into
a text?
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .board import Column


@dataclass(frozen=True, kw_only=True)
class WorkItemScheduled(Event):  # whole
    work_item_id: str
    column: "Column"
