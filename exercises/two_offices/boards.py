"""The boards that both offices work on, and the store that they are in."""

from exercises.event_sourced import BoardRepository, create_board, kanban_codec
from workshop.eventsourcing.postgres import PostgresEventStore

__all__ = ["BOARDS", "COLUMNS", "open_boards", "open_store"]

# Named so that each of six partitions has two of them: fair shares make a clear picture.
BOARDS = (
    *("boilers", "calls", "claims", "complaints", "contracts", "loans"),
    *("orders", "parcels", "plumbing", "refunds", "repairs", "returns"),
)
COLUMNS = ("to-do", "doing", "review")

PATIENCE = 60.0  # seconds for a server that is away to come back


def open_store(dsn: str) -> PostgresEventStore:
    """Open the store of `workshop.eventsourcing`, with your codec."""
    return PostgresEventStore(dsn, kanban_codec(), patience=PATIENCE)


def open_boards(store: PostgresEventStore) -> None:
    """Make the boards. They are your boards, and your repository saves them."""
    for board_id in BOARDS:
        board = create_board(board_id, "What customers wait for.", board_id=board_id)
        for column_id in COLUMNS:
            board.add_column(column_id, column_id=column_id)
        BoardRepository(store).save(board)
