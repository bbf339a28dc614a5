"""The magics, in a real kernel that runs in the folder of the notebooks."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from workshop.course.session import Session
from workshop.notebook import Answer, _answer
from workshop.views import Problem, Shown

REPOSITORY = Path(__file__).parents[2]
WORK_ITEM = "domain_model/work_item.py"


def make_workspace(root: Path) -> Path:
    """A fresh clone's part of the course, step 1 not started."""
    for folder in ("exercises", "solutions", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=ignored)
    return root


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("a workshop") / "with spaces")


Run = Callable[[str], list[dict[str, Any]]]


def ask(client: BlockingKernelClient, code: str) -> list[dict[str, Any]]:
    """Run a cell; the MIME bundles of its outputs, a stream under `text/plain`."""
    shown: list[dict[str, Any]] = []

    def remember(message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] in ("display_data", "execute_result"):
            shown.append(content["data"])
        elif message["msg_type"] == "stream":
            shown.append({"text/plain": content["text"]})
        elif message["msg_type"] == "error":
            shown.append({"error": "\n".join(content["traceback"])})

    client.execute_interactive(code, timeout=60, output_hook=remember)
    return shown


@pytest.fixture(scope="module")
def run(workspace: Path) -> Iterator[Run]:
    manager, client = start_new_kernel(
        cwd=str(workspace / "notebooks"),
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"},
    )
    try:
        assert ask(client, "%load_ext workshop") == []
        yield lambda code: ask(client, code)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def only(outputs: list[dict[str, Any]]) -> str:
    """The text of the one output, which must be there as HTML too."""
    (output,) = outputs
    assert output.keys() == {"text/plain", "text/html"}
    assert output["text/html"].startswith("<div")
    return str(output["text/plain"])


def test_a_check_of_the_starter_is_not_started(run: Run) -> None:
    assert only(run("%check")).startswith("Step 1 is not started yet: it waits")
    again = only(run("%check 1"))
    assert again.startswith("Step 1 is not started yet: it waits")
    assert "run `%check 1`" in again, "in a notebook, the next action is a magic"


def test_a_check_of_our_solution_passes(run: Run, workspace: Path) -> None:
    starter = workspace / "exercises" / WORK_ITEM
    before = starter.read_bytes()
    shutil.copyfile(workspace / "solutions" / WORK_ITEM, starter)
    try:
        assert only(run("%check 1")).startswith("Well done: step 1 passes all")
    finally:
        starter.write_bytes(before)


def test_hints_and_status_and_solution_are_shown(run: Run) -> None:
    assert only(run("%hint 1")).startswith("Hint 1 of ")
    assert only(run("%hint 1")).startswith("Hint 2 of ")
    assert only(run("%solution 1")).startswith("Our solution of step 1: ")
    assert "Step 1, An entity is who it is: " in only(run("%status"))


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("%check foo", "%check takes the number of a step, such as %check 1, and not 'foo'."),
        ("%hint 1 2", "%hint takes the number of a step, such as %hint 1, and not '1 2'."),
        ("%check -1", "%check takes the number of a step, such as %check 1, and not '-1'."),
        ("%solution ²", "%solution takes the number of a step, such as %solution 1, and not '²'."),
        ("%status 3", "%status shows every step; write it without 3."),
    ],
)
def test_a_bad_argument_is_one_sentence(run: Run, cell: str, sentence: str) -> None:
    assert only(run(cell)).replace("\n", " ") == sentence


def test_an_unknown_step_is_one_sentence_and_no_traceback(run: Run) -> None:
    text = only(run("%check 99"))
    assert "99" in text
    assert "Traceback" not in text


def test_a_magic_leaves_the_kernel_as_it_was(run: Run) -> None:
    look = "(sorted(n for n in globals() if n[:1] != '_'), len(Out), os.getcwd(), sys.path)"
    run("import os, sys\nkept = 41")
    (before,) = run(look)
    assert only(run("kept += 1\n%check 1"))
    (after,) = run(look.replace("len(Out)", "len(Out) - 1"))
    assert after == before
    assert run("kept") == [{"text/plain": "42"}]


def test_a_magic_says_in_its_help_what_it_does(run: Run) -> None:
    assert run("print(get_ipython().find_line_magic('check').__doc__)") == [
        {"text/plain": "Check your current step; `%check 3` checks step 3.\n"}
    ]


def test_pictures_are_drawn_of_the_notebooks_own_names(run: Run) -> None:
    run("from solutions.domain_model import *; board = create_board('Web', 'x', board_id='b')")
    run("board.add_column('To do'); items = [register_work_item('Login', work_item_id='i-1')]")
    run("board.schedule(items[0])")
    assert only(run("%board board items")).endswith("- Login (i-1)")
    assert "the same board" in only(run("%timemachine [board, board]"))
    assert only(run("%timeline []")) == "No events: nothing has happened."
    assert only(run("%board {'$x': board}['$x']")).startswith("Board Web"), "no braces are expanded"
    assert only(run("%board 1 / 0")).startswith("`1 / 0` raises ZeroDivisionError")


def test_a_picture_leaves_the_kernel_as_it_was(run: Run) -> None:
    look = "(sorted(n for n in globals() if n[:1] != '_'), len(Out))"
    (before,) = run(look)
    assert only(run("%board [missing for missing in [1]]"))
    (after,) = run(look.replace("len(Out)", "len(Out) - 1"))
    assert after == before


BOARD = "exercises/domain_model/board.py"
OLDER = f"still holds an older version of `{BOARD}` than the one that was checked"


@pytest.fixture
def fresh(workspace: Path) -> Iterator[Run]:
    """A kernel of its own, whose student's package is imported; `board.py` is restored after."""
    manager, client = start_new_kernel(
        cwd=str(workspace / "notebooks"),
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(workspace), str(REPOSITORY)])},
    )
    before = (workspace / BOARD).read_bytes()
    try:
        yield lambda code: ask(client, code)
    finally:
        (workspace / BOARD).write_bytes(before)
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def sentence_of(outputs: list[dict[str, Any]]) -> str:
    return " ".join(outputs[-1]["text/plain"].split())


@pytest.mark.parametrize("first", ["%load_ext workshop", "import exercises.domain_model"])
def test_a_check_says_that_the_notebook_holds_an_older_version(
    fresh: Run, workspace: Path, first: str
) -> None:
    fresh(f"{first}\nimport exercises.domain_model")
    fresh("%load_ext workshop")
    assert "older" not in sentence_of(fresh("%check 2"))

    text = (workspace / BOARD).read_text(encoding="utf-8")
    stat = (workspace / BOARD).stat()
    changed = text.replace("return self._id", "return self._di", 1)
    (workspace / BOARD).write_text(changed, encoding="utf-8", newline="\n")
    os.utime(workspace / BOARD, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # neither size nor time
    said = sentence_of(fresh("%check 2"))
    assert f"{OLDER}: restart its kernel" in said

    (workspace / BOARD).write_text(text, encoding="utf-8", newline="\n")
    assert "older" not in sentence_of(fresh("%check 2")), "it is the same again"
    (workspace / BOARD).write_text(changed, encoding="utf-8", newline="\n")
    fresh("import importlib; importlib.reload(exercises.domain_model.board)")
    assert "older" not in sentence_of(fresh("%check 2")), "it was imported anew"


def test_with_autoreload_only_a_file_that_cannot_be_imported_is_older(
    fresh: Run, workspace: Path
) -> None:
    fresh("%load_ext workshop\n%load_ext autoreload\n%autoreload 2")
    fresh("from exercises.domain_model import Column")
    text = (workspace / BOARD).read_text(encoding="utf-8")

    changed = text.replace("return hash(self._id)", "return 12", 1)
    (workspace / BOARD).write_text(changed, encoding="utf-8", newline="\n")
    assert "older" not in sentence_of(fresh("%check 2")), "autoreload has taken it up"
    assert fresh("hash(Column('c', 'n', None))") == [{"text/plain": "12"}]

    (workspace / BOARD).write_text("def (:\n", encoding="utf-8", newline="\n")
    said = sentence_of(fresh("%check 2"))
    assert f"{OLDER}, because Python could not import the new one." in said


def test_outside_a_workspace_the_variable_says_where_it_is(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    run(f"here = os.getcwd(); os.chdir({str(tmp_path)!r})")
    try:
        outside = only(run("%status"))
        run(f"os.environ['WORKSHOP_ROOT'] = {str(workspace)!r}")
        found = only(run("%status"))
    finally:
        run("os.chdir(here); os.environ.pop('WORKSHOP_ROOT', None)")
    assert "workspace" in outside
    assert "Traceback" not in outside
    assert "Step 1, An entity is who it is: " in found


def test_a_failure_of_ours_is_one_sentence_that_names_the_doctor(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(session: Session, number: int | None) -> Shown:
        raise OSError(f"no room\nfor step {number}")

    monkeypatch.chdir(workspace / "notebooks")
    assert _answer("check", fail, "1") == Problem(
        sentence="The workshop itself failed, not your code (OSError no room for step 1); "
        "please run `workshop doctor` in a terminal."
    )


def test_an_interrupt_is_one_sentence(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(session: Session, number: int | None) -> Shown:
        raise KeyboardInterrupt

    monkeypatch.chdir(workspace / "notebooks")
    stopped = _answer("check", interrupted, "")
    assert stopped == Problem(sentence="You stopped %check before it had an answer.")


def test_an_answer_shows_itself_as_text_and_as_html() -> None:
    answer = Answer(Problem(sentence="There is no step 99."))
    assert repr(answer) == "There is no step 99."
    assert "There is no step 99." in answer._repr_html_()
