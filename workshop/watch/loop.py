"""The loop of `workshop watch`: saves, keys and answers come in, and the screen changes."""

import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeAlias

from workshop.course.errors import CourseError
from workshop.course.manifest import Step
from workshop.course.session import Session
from workshop.course.spare_runner import SpareRunner
from workshop.views import Problem, Shown
from workshop.views.screen import Screen
from workshop.warm import shared_workers

from .checks import Checks
from .keys import keys
from .saves import Saves
from .words import as_watched

__all__ = ["KEYS", "watch"]

KEYS = "n next  h hint  s solution  l list  j jump  r rerun  space more  q quit"
"""The last line of the screen."""

_HEARD_WITHIN = 0.2
"""Seconds after which Ctrl-C ends a wait that it came too early to interrupt; on Windows, any."""

_ENTER, _BACKSPACE = ("\r", "\n"), ("\x7f", "\b")


@dataclass(frozen=True)
class _Pressed:
    key: str


@dataclass(frozen=True)
class _Saved:
    file: Path


@dataclass(frozen=True)
class _Answered:
    shown: Shown
    seconds: float


_Event: TypeAlias = _Pressed | _Saved | _Answered


def watch(root: Path, number: int | None, screen: Screen) -> None:
    """Check a step on every save, until somebody presses Q or Ctrl-C.

    Args:
        root: The workspace.
        number: The step; `None`: where the student is.
        screen: Where the results are shown.

    Raises:
        CourseError: There is no such step, or the workspace cannot be used.
    """
    with (
        SpareRunner() as runner,
        closing(Session(root, runner=runner)) as session,
        shared_workers(root, runner),
    ):
        _Watch(session, runner, screen, session.step(number)).run()


class _Watch:
    def __init__(self, session: Session, runner: SpareRunner, screen: Screen, step: Step) -> None:
        self._session = session
        self._screen = screen
        self._step = step
        self._events: SimpleQueue[_Event] = SimpleQueue()
        self._checks = Checks(
            session, runner, lambda shown, seconds: self._events.put(_Answered(shown, seconds))
        )
        self._jumping: str | None = None
        self._asked: dict[str, Callable[[int], Shown]] = {
            "h": session.hint,
            "s": session.solution,
            "l": lambda _: session.status(),
        }

    def run(self) -> None:
        saves = Saves(self._session.packages, lambda file: self._events.put(_Saved(file)))
        self._checks.start()
        saves.start()
        try:
            with keys(lambda key: self._events.put(_Pressed(key))):
                self._check()
                while self._answer(self._next()):
                    pass
        except KeyboardInterrupt:
            pass
        finally:
            saves.stop()
            self._checks.stop()

    def _next(self) -> _Event:
        """Wait for an event; a Ctrl-C that comes as the wait begins is heard when it ends."""
        while True:
            with suppress(Empty):
                return self._events.get(timeout=_HEARD_WITHIN)

    def _answer(self, event: _Event) -> bool:
        """Answer an event; whether to go on."""
        match event:
            case _Saved(file):
                self._step = self._session.step_saved(file, self._step)
                self._check()
            case _Answered(shown, seconds):
                status = f"Watching step {self._step.number}. Answered in {seconds:.2f} s."
                self._screen.show(self._in_our_words(shown), status)
            case _Pressed(key) if self._jumping is not None:
                self._jump(key)
            case _Pressed("q" | "Q"):
                return False
            case _Pressed(key):
                self._press(key.lower())
        return True

    def _press(self, key: str) -> None:
        match key:
            case "r":
                self._check()
            case "n":
                self._go_to(self._session.step_after(self._step))
            case "j":
                self._jumping = ""
                self._screen.say("Jump to step number, then Enter: ")
            case " ":
                self._screen.more()
            case _ if key in self._asked:
                self._show(self._asked[key])

    def _jump(self, key: str) -> None:
        typed = self._jumping or ""
        if key in _ENTER:
            self._jumping = None
            if typed:
                self._try(lambda: self._go_to(self._session.step(int(typed))))
            else:
                self._screen.say(f"Watching step {self._step.number}.")
        else:
            self._jumping = typed[:-1] if key in _BACKSPACE else typed + key * key.isdecimal()
            self._screen.say(f"Jump to step number, then Enter: {self._jumping}")

    def _go_to(self, step: Step) -> None:
        self._step = step
        self._check()

    def _check(self) -> None:
        self._screen.say(f"Checking step {self._step.number}.")
        self._checks.want(self._step.number)

    def _show(self, ask: Callable[[int], Shown]) -> None:
        self._try(lambda: self._screen.show(self._in_our_words(ask(self._step.number))))

    def _in_our_words(self, shown: Shown) -> Shown:
        following = self._session.step_after(self._step)
        return as_watched(shown, self._step, following, keys=sys.stdin.isatty())

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except CourseError as error:
            self._screen.show(Problem(sentence=str(error)))
