"""The course in a notebook, after `%load_ext workshop`.

`%check`, `%hint`, `%solution` and `%status` ask the same `Session` as the command line does.
`%board`, `%timeline` and `%timemachine` draw the student's own objects. All show what they have to
show and leave the kernel as it was: no name is added, and there is no entry in `Out`.
"""

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from workshop.course.errors import CourseError
from workshop.course.results import CheckResult, HintResult, SolutionResult, StatusResult
from workshop.course.session import Session
from workshop.course.workspace import find_root
from workshop.expressions import evaluate, expressions
from workshop.held import older_versions, remember_versions
from workshop.views import Problem, Shown, render_html, render_plain
from workshop.views.pictures import Picture, draw_board, draw_time_machine, draw_timeline
from workshop.warm import WarmRunner

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["Answer", "load_ipython_extension"]

T = TypeVar("T")


class Answer:
    """A result that shows itself in a notebook as HTML and everywhere else as text."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    def __repr__(self) -> str:
        return render_plain(self._shown)

    def _repr_html_(self) -> str:
        return render_html(self._shown)


def load_ipython_extension(ipython: "InteractiveShell") -> None:
    """Register the magics; IPython calls this for `%load_ext`."""
    remember_versions()
    for name, ask in _MAGICS.items():
        ipython.magics_manager.register_function(_magic(name, ask), "line", name)
    for name, draw in _PICTURES.items():
        ipython.magics_manager.register_function(_picture_magic(name, draw, ipython), "line", name)


def _check(session: Session, number: int | None) -> Shown:
    """Check your current step; `%check 3` checks step 3."""
    result = session.check(number)
    return replace(result, warnings=(*result.warnings, *older_versions(session.root)))


def _hint(session: Session, number: int | None) -> Shown:
    """Show one more hint for your current step; `%hint 3` for step 3."""
    return session.hint(number)


def _solution(session: Session, number: int | None) -> Shown:
    """Compare your current step with our solution; `%solution 3` compares step 3."""
    return session.solution(number)


def _status(session: Session, number: int | None) -> Shown:
    """Show where you are in the course."""
    if number is not None:
        raise CourseError(f"%status shows every step; write it without {number}.")
    return session.status()


_Ask = Callable[[Session, int | None], Shown]
_MAGICS: dict[str, _Ask] = {
    "check": _check,
    "hint": _hint,
    "solution": _solution,
    "status": _status,
}


def _board(*values: object) -> Picture:
    """Draw a board; `%board board items` names the cards after the work items."""
    return draw_board(*values)


def _timeline(*values: object) -> Picture:
    """Draw events from a store, or those of `%timeline board.pending`."""
    return draw_timeline(*values)


def _timemachine(*values: object) -> Picture:
    """Draw boards with a slider; `%timemachine boards items` names the cards, too.

    The boards come from oldest to newest, each alone or as a pair `(event, board)`.
    """
    return draw_time_machine(*values)


_Draw = Callable[..., Picture]
_PICTURES: dict[str, _Draw] = {
    "board": _board,
    "timeline": _timeline,
    "timemachine": _timemachine,
}


def _magic(name: str, ask: _Ask) -> Callable[[str], None]:
    def magic(line: str) -> None:
        from IPython.display import display

        display(Answer(_answer(name, ask, line)))  # type: ignore[no-untyped-call]  # IPython's

    magic.__doc__ = ask.__doc__  # what `%check?` shows
    return magic


def _picture_magic(name: str, draw: _Draw, ipython: "InteractiveShell") -> Callable[[str], None]:
    from IPython.core.magic import no_var_expand

    def magic(line: str) -> None:
        from IPython.display import display

        display(_picture(name, draw, line, ipython.user_ns))  # type: ignore[no-untyped-call]  # IPython's

    magic.__doc__ = draw.__doc__
    # Braces and dollars in the line are Python's, not IPython's.
    return no_var_expand(magic)


def _picture(name: str, draw: _Draw, line: str, namespace: dict[str, object]) -> Picture | Answer:
    def picture() -> Picture:
        most = 1 if draw is _timeline else 2
        return draw(*(evaluate(e, namespace) for e in expressions(name, line, most)))

    drawn = _in_one_sentence(name, picture)
    return Answer(drawn) if isinstance(drawn, Problem) else drawn


def _answer(name: str, ask: _Ask, line: str) -> Shown:
    def answer() -> Shown:
        number = _step_number(name, line)
        root = find_root()
        with closing(Session(root, runner=WarmRunner(root))) as session:
            return _with_magics(ask(session, number))

    return _in_one_sentence(name, answer)


def _in_one_sentence(name: str, make: Callable[[], T]) -> T | Problem:
    """What is made, or why there is nothing; never a traceback."""
    try:
        return make()
    except CourseError as error:
        return Problem(sentence=str(error))
    except KeyboardInterrupt:
        return Problem(sentence=f"You stopped %{name} before it had an answer.")
    # Whatever it is, it is our mistake, and no student should have to read our traceback.
    except Exception as error:
        what = " ".join(f"{type(error).__name__} {error}".split())
        return Problem(
            sentence=f"The workshop itself failed, not your code ({what}); "
            "please run `workshop doctor` in a terminal."
        )


def _with_magics(answer: Shown) -> Shown:
    """Name the magic where the next action names its command, for somebody in a notebook."""
    if not isinstance(answer, CheckResult | HintResult | SolutionResult | StatusResult):
        return answer
    commands = rf"`workshop ({'|'.join(_MAGICS)})( \d+)?`"
    return replace(answer, next_action=re.sub(commands, r"`%\1\2`", answer.next_action))


def _step_number(name: str, line: str) -> int | None:
    text = line.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise CourseError(
            f"%{name} takes the number of a step, such as %{name} 1, and not {text!r}."
        )
    return int(text)
