"""A board through time: its state at every event, each with a caption."""

from collections.abc import Mapping
from dataclasses import dataclass

from .asking import CannotDrawError, ask, capitalised, each, offers, words
from .board_state import BoardState, read_board
from .happening import is_event, read_happening

__all__ = ["History", "Moment", "read_history"]

MAX_MOMENTS = 1_000
_LONGEST = 300  # characters of an event's fields


@dataclass(frozen=True, slots=True)
class Moment:
    """A state, and what led to it: in a few words, and in all detail."""

    caption: str
    detail: str
    board: BoardState


@dataclass(frozen=True, slots=True)
class History:
    """The moments, the oldest first, and what there is to say about all of them."""

    moments: tuple[Moment, ...]
    remark: str


def read_history(states: object, names: Mapping[str, str]) -> History:
    """Ask each board for its state as soon as it is given, since it may be changed for the next.

    Args:
        states: Boards; or pairs of an event or a text, and the board after it.
        names: The names of work items, by their ids.

    Raises:
        CannotDrawError: There are none, or one of them cannot be read.
    """
    if offers(states, "columns"):
        raise CannotDrawError(
            "This is one board, and a time machine takes many: a list of boards, each as it was at "
            "an event. `%board` draws one."
        )
    moments: list[Moment] = []
    boards: list[object] = []
    for number, given in enumerate(each(states, "what a time machine shows"), start=1):
        if number > MAX_MOMENTS:
            return History(tuple(moments), f"Only the first {MAX_MOMENTS:,} of them are shown.")
        caption, detail, board = _in_parts(given, number)
        boards.append(board)
        state = read_board(board, names, f"board {number} of them")
        moments.append(Moment(capitalised(caption), detail, state))
    if not moments:
        raise CannotDrawError("There is no board in it, so there is nothing to show.")
    return History(tuple(moments), _remark(boards, moments))


def _in_parts(given: object, number: int) -> tuple[str, str, object]:
    if not isinstance(given, tuple | list) or is_event(given):
        return _version(given, number), "", given
    if len(given) != 2:
        raise CannotDrawError(
            f"Number {number} of them has {len(given)} parts and should have two, an event or a "
            "text and the board after it; work items stand after a space and no comma."
        )
    what, board = given
    if not is_event(what):
        return words(what, 160), "", board
    happening = read_happening(what, f"event {number} of them")
    version = f"version {happening.version}" if happening.version else _version(board, number)
    detail = "; ".join(filter(None, [happening.told[:_LONGEST], happening.recorded]))
    return f"{version} · {happening.name}", detail, board


def _version(board: object, number: int) -> str:
    if not offers(board, "version"):
        return f"board {number}"
    return f"version {words(ask(board, 'version', f'board {number} of them'), 20)}"


def _remark(boards: list[object], moments: list[Moment]) -> str:
    """A board that was put into a list again and again shows its last state every time."""
    same = all(board is boards[0] for board in boards)
    if same and boards[1:] and all(moment.board == moments[0].board for moment in moments):
        return (
            "All of them are one and the same board, as it is now; to see it as it was, put in "
            "a copy each time: `copy.deepcopy(board)`."
        )
    return ""
