"""The course in a notebook: `%check`, `%hint`, `%solution`, `%status` after `%load_ext workshop`.

The magics ask the same `Session` as the command line does. They show what it answers and leave the
kernel as it was: no name is added, and there is no entry in `Out`.
"""

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from workshop.course.errors import CourseError
from workshop.course.results import CheckResult, HintResult, SolutionResult, StatusResult
from workshop.course.session import Session
from workshop.views import Problem, Shown, render_html, render_plain

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["Answer", "load_ipython_extension"]


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
    for name, ask in _MAGICS.items():
        ipython.magics_manager.register_function(_magic(name, ask), "line", name)


def _check(session: Session, number: int | None) -> Shown:
    """Check your current step; `%check 3` checks step 3."""
    return session.check(number)


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


def _magic(name: str, ask: _Ask) -> Callable[[str], None]:
    def magic(line: str) -> None:
        from IPython.display import display

        display(Answer(_answer(name, ask, line)))  # type: ignore[no-untyped-call]  # IPython's

    magic.__doc__ = ask.__doc__  # what `%check?` shows
    return magic


def _answer(name: str, ask: _Ask, line: str) -> Shown:
    try:
        number = _step_number(name, line)
        with closing(Session.open()) as session:
            return _with_magics(ask(session, number))
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
