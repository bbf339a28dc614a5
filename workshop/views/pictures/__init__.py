"""Pictures of the student's own objects: a board, a stream of events, a board through time.

They are drawn from what the objects offer, such as `columns` and `work_item_ids`, so that any board
of anybody's can be drawn. Each picture is HTML, and the same in lines of text.
"""

from .asking import CannotDrawError, failure, words
from .board_drawing import draw_board
from .picture import Picture
from .time_machine import draw_time_machine
from .timeline import draw_timeline

__all__ = [
    "CannotDrawError",
    "Picture",
    "draw_board",
    "draw_time_machine",
    "draw_timeline",
    "failure",
    "words",
]
