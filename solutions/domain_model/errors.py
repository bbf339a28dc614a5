"""How the domain says no. A malformed argument is Python's own `ValueError`."""

__all__ = [
    "BoardNotFoundError",
    "ColumnNotFoundError",
    "ConstraintError",
    "DiscardedEntityError",
    "WorkItemNotFoundError",
    "WorkLimitError",
]


class DiscardedEntityError(Exception):
    """An entity was used after it had been discarded.

    Attributes:
        kind: What sort of entity it is, such as "work item".
        entity_id: Its id, the one thing that it still tells.
    """

    def __init__(self, kind: str, entity_id: str) -> None:
        self.kind = kind
        self.entity_id = entity_id
        super().__init__(
            f"The {kind} {entity_id!r} was discarded: only its id is left."
        )


class ConstraintError(Exception):
    """A rule of the domain says no; the message names the values."""


class WorkLimitError(ConstraintError):
    """A column is full.

    Attributes:
        column: The column's name.
        limit: How many items it takes.
        work_item_id: The item that found no room.
    """

    def __init__(self, column: str, limit: int, work_item_id: str) -> None:
        self.column = column
        self.limit = limit
        self.work_item_id = work_item_id
        super().__init__(
            f"The column {column!r} has a limit of {limit} and no room for "
            f"{work_item_id!r}."
        )


class BoardNotFoundError(LookupError):
    """There is no such board.

    Attributes:
        board: The id or the name that was looked for.
    """

    def __init__(self, board: str) -> None:
        self.board = board
        super().__init__(f"There is no board {board!r}.")


class ColumnNotFoundError(LookupError):
    """A board has no such column.

    Attributes:
        board_id: The board.
        column: The id or the name that was looked for.
    """

    def __init__(self, board_id: str, column: str) -> None:
        self.board_id = board_id
        self.column = column
        super().__init__(f"The board {board_id!r} has no column {column!r}.")


class WorkItemNotFoundError(LookupError):
    """A work item is not where it was looked for.

    Attributes:
        work_item_id: The item.
    """

    def __init__(self, work_item_id: str, where: str) -> None:
        self.work_item_id = work_item_id
        super().__init__(f"There is no work item {work_item_id!r} {where}.")
