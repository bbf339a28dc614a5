"""Says what to do next as somebody does it who watches: by saving, and with single keys."""

import re
from dataclasses import replace

from workshop.course.manifest import Step
from workshop.course.results import CheckResult, HintResult, SolutionResult, StatusResult
from workshop.views import Shown

__all__ = ["as_watched"]


def as_watched(shown: Shown, step: Step, following: Step, *, keys: bool) -> Shown:
    """The result, its next action in the words of `workshop watch`.

    Args:
        shown: What is shown.
        step: The step that is watched: a save checks it.
        following: The step that the key N goes to.
        keys: Whether keys are read; without a terminal they are not.
    """
    if not isinstance(shown, CheckResult | HintResult | SolutionResult | StatusResult):
        return shown
    here = rf"`workshop check {step.number}`"
    words = [(rf"(?:, save)?(?:,? and run|, then|:) {here}", ", and save")]
    if keys:
        words += [
            (rf"run {here}", "press `r`"),
            (rf"`workshop hint {step.number}`", "press `h`"),
            (rf"`workshop solution {step.number}`", "press `s`"),
            (rf"(?:run )?`workshop (?:check|lab) {following.number}`", "press `n`"),
            (r"(?:run )?`workshop (?:check|lab) (\d+)`", r"press `j`, then \1 and Enter"),
        ]
    action = shown.next_action
    for command, instead in words:
        action = re.sub(command, instead, action)
    return replace(shown, next_action=action)
