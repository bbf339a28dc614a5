"""Your events cannot be made without something that is not theirs to tell.

Who decides when an event was recorded: the board, or whoever records it? Read what `StoredEvent`,
the envelope, has to say for each event. What is left for the event itself?
"""

from datetime import datetime


class ColumnAdded:
    recorded_at: datetime


class ColumnInserted:
    recorded_at: datetime


class ColumnRenamed:
    recorded_at: datetime


class WipLimitChanged:
    recorded_at: datetime


class ColumnRemoved:
    recorded_at: datetime


class WorkItemScheduled:
    recorded_at: datetime


class WorkItemAdvanced:
    recorded_at: datetime


class WorkItemAbandoned:
    recorded_at: datetime


class WorkItemRetired:
    recorded_at: datetime
