"""What a process of notebook 20 says when it cannot go on."""

import traceback
from pathlib import Path

__all__ = ["ROOT", "EndedError", "sentence_of"]

ROOT = Path(__file__).parents[2]
YOURS = ROOT / "exercises" / "event_sourced"


class EndedError(RuntimeError):
    """Something that has to go on has not; the message says what, and what to do."""

    def _render_traceback_(self) -> list[str]:
        """In a notebook the sentence stands alone: nobody has to mend the cell."""
        return [str(self)]


def sentence_of(error: BaseException) -> str:
    """Say what went wrong, where in your code, and what to do about it."""
    said = f"{type(error).__name__}: {error}"
    while error.__cause__ is not None:
        error = error.__cause__
        if str(error) not in said:
            said += f" Its cause is {type(error).__name__}: {error}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).parent == YOURS:
            path = Path(frame.filename).relative_to(ROOT).as_posix()
            said += f" (in {path}, line {frame.lineno})"
            break
    return f"{said}. `workshop check 14` tells which step of Part 2 to mend."
