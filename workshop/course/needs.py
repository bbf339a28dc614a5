"""What a step needs beyond the course's own packages: whether it is here, and what installs it."""

import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.course.manifest import Step

__all__ = ["insist", "missing", "sentence_of"]

PROJECT = "event-sourced-domain-models"


def missing(step: Step) -> tuple[str, ...]:
    """The modules that the step needs and that this Python does not have."""
    return tuple(
        module
        for module in step.needs
        if not os.environ.get(step.instead.get(module, "")) and find_spec(module) is None
    )


def insist(step: Step, root: Path) -> None:
    """Refuse to go on without what the step needs.

    Raises:
        CourseError: Something is missing; the message has the command that installs it.
    """
    if lacking := missing(step):
        raise CourseError(
            f"{sentence_of(step, lacking)} {_remedy(step, lacking, root)} "
            f"Then run `workshop check {step.number}` again. No other step needs this."
        )


def sentence_of(step: Step, lacking: tuple[str, ...]) -> str:
    """What the step lacks, in one sentence."""
    verb = "is" if len(lacking) == 1 else "are"
    return (
        f"Step {step.number}, {step.title}, needs {' and '.join(lacking)}, "
        f"which {verb} not installed here."
    )


def _remedy(step: Step, lacking: tuple[str, ...], root: Path) -> str:
    wheelhouse = _wheelhouse(root)
    where = "this needs the network" if wheelhouse is None else "from the wheelhouse"
    remedy = f"In a terminal in {root} ({where}): `{_command(step, root, wheelhouse)}`."
    for module in lacking:
        if module in step.instead:
            remedy += f" Instead of {module} you can have {step.instead[module]} set."
    return remedy


def _command(step: Step, root: Path, wheelhouse: str | None) -> str:
    """What installs the step's extra into the very Python that runs this.

    It names the packages and not the project, so that it is the same in a clone and for an
    installed wheel, and asks no index for a package of the project's name.
    """
    python = _quoted(_relative(sys.executable, root))
    if find_spec("pip") is not None:
        start = f"{python} -m pip install"
    elif shutil.which("uv") is not None:
        start = f"uv pip install --python {python}"
    else:
        start = f"{python} -m ensurepip && {python} -m pip install"
    offline = [] if wheelhouse is None else ["--no-index", "--find-links", _quoted(wheelhouse)]
    pins = ["--constraint", "constraints.txt"] if (root / "constraints.txt").is_file() else []
    return " ".join([start, *offline, *pins, *(f'"{each}"' for each in _packages(step))])


def _packages(step: Step) -> list[str]:
    """The requirements of the step's extra, as the installed project has them."""
    try:
        lines = requires(PROJECT) or []
    except PackageNotFoundError:
        lines = []
    marked = [line.partition(";") for line in lines]
    found = [what.strip() for what, _, marker in marked if f"'{step.extra}'" in _single(marker)]
    return found or [f"{PROJECT}[{step.extra}]"]


def _single(marker: str) -> str:
    return marker.replace('"', "'")


def _wheelhouse(root: Path) -> str | None:
    """The folder of wheels that a first start would install from, if there is one."""
    if named := os.environ.get("WORKSHOP_WHEELHOUSE"):
        return named
    return "wheelhouse" if (root / "wheelhouse").is_dir() else None


def _relative(python: str, root: Path) -> str:
    """A path inside the workspace as it is written there: it is shorter, and reads better."""
    path = Path(python)
    return str(path.relative_to(root)) if path.is_relative_to(root) else python


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
