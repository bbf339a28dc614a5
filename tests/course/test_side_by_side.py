"""The definitions of a step, the student's beside ours."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from workshop.course.results import TwoVersions
from workshop.course.session import Session

LAMP = "exercises/lamps/lamp.py"
BLANK = '        raise NotImplementedError("step 1: Lamp.switch_on")\n'


@pytest.fixture
def session(tiny: Path) -> Iterator[Session]:
    with closing(Session(tiny)) as opened:
        yield opened


def write(session: Session, old: str, new: str) -> None:
    path = session.root / LAMP
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def compare(session: Session, number: int) -> dict[str, TwoVersions]:
    return {pair.name: pair for pair in session.solution(number).definitions}


def test_only_what_the_step_asks_for_is_compared(session: Session) -> None:
    assert list(compare(session, 1)) == ["Lamp.__init__", "Lamp.is_on", "Lamp.switch_on"]
    assert list(compare(session, 2)) == ["Lamp.level", "Lamp.level.setter", "dim_all", "_checked"]


def test_what_was_not_touched_is_blank_and_a_helper_of_ours_is_missing(session: Session) -> None:
    found = compare(session, 2)
    assert {name: pair.standing for name, pair in found.items()} == {
        "Lamp.level": "blank",
        "Lamp.level.setter": "blank",
        "dim_all": "blank",
        "_checked": "missing",
    }
    assert found["_checked"].helper
    assert not found["dim_all"].helper


def test_both_versions_begin_at_the_margin_and_without_the_marker(session: Session) -> None:
    write(session, BLANK, "        self._on = True\n")
    pair = compare(session, 1)["Lamp.switch_on"]
    assert pair.standing == "different"
    assert pair.yours[0] == pair.ours[0] == "def switch_on(self) -> None:"
    assert pair.yours[-1] == "    self._on = True"
    assert pair.ours[-1] == "    self._level = 100"
    text = (session.root / LAMP).read_text(encoding="utf-8")
    assert pair.line is not None
    assert "def switch_on" in text.split("\n")[pair.line - 1]


def test_a_comment_or_another_layout_is_no_difference(session: Session) -> None:
    write(session, BLANK, "        self._level = (\n            100  # all of it\n        )\n")
    assert compare(session, 1)["Lamp.switch_on"].standing == "equal"


def test_a_helper_of_the_students_is_shown_if_the_step_uses_it(session: Session) -> None:
    own = "".join(f"\n    def {name}(self):\n        pass\n" for name in ("_glow", "_other"))
    write(session, BLANK, f"        self._glow()\n{own}")
    found = compare(session, 1)
    assert found["Lamp._glow"].standing == "only yours"
    assert found["Lamp._glow"].ours == ()
    assert "Lamp._other" not in found


def test_a_class_is_shown_whole_and_its_members_not_twice(session: Session) -> None:
    assert list(compare(session, 3)) == ["Tally"]
    assert compare(session, 3)["Tally"].standing == "blank"


@pytest.mark.parametrize("yours", [b"def (:\n", b"\xff\xfe\x00", b"x = '\0'\n"])
def test_a_file_that_python_cannot_read_is_compared_as_a_whole(
    session: Session, yours: bytes
) -> None:
    (session.root / LAMP).write_bytes(yours)
    result = session.solution(1)
    assert result.definitions == ()
    assert "+        self._level = 100" in result.diffs[0].lines
    assert result.warnings[0].startswith(f"Python cannot read `{LAMP}`")


def test_without_a_file_everything_is_missing(session: Session) -> None:
    (session.root / LAMP).unlink()
    assert {pair.standing for pair in compare(session, 1).values()} == {"missing"}
