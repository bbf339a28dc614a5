"""The `workshop` command, as a student types it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workshop.course.update import remember_delivery

REPOSITORY = Path(__file__).resolve().parents[2]
WORK_ITEM = "exercises/domain_model/work_item.py"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace at the start of the day, in a folder whose name has a space and an umlaut."""
    root = tmp_path / "my wörkshop"
    for folder in ("exercises", "notebooks", "slides", "solutions"):
        left_behind = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=left_behind)
    return root


def workshop(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "WORKSHOP_ROOT"}
    environment |= {"PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
    return subprocess.run(
        [sys.executable, "-m", "workshop", *arguments],
        cwd=workspace,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def solve(workspace: Path) -> None:
    for path in (REPOSITORY / "solutions" / "domain_model").glob("*.py"):
        shutil.copyfile(path, workspace / "exercises" / "domain_model" / path.name)


def test_a_starter_is_not_started(workspace: Path) -> None:
    done = workshop(workspace, "check", "1")

    assert done.returncode == 1
    assert done.stdout.startswith("Step 1 is not started yet")
    assert "register_work_item" in done.stdout
    assert done.stderr == ""


def test_a_right_answer_passes(workspace: Path) -> None:
    solve(workspace)

    done = workshop(workspace, "check", "1")

    assert done.returncode == 0
    assert done.stdout.startswith("Well done: step 1 passes")


def test_a_wrong_answer_is_red_and_its_mistake_is_named(workspace: Path) -> None:
    solve(workspace)
    file = workspace / WORK_ITEM
    right = file.read_text(encoding="utf-8")
    wrong = right.replace(
        "return self._id == other._id", "return self._name == other._name"
    ).replace("return hash(self._id)", "return hash(self._name)")
    file.write_text(wrong, encoding="utf-8")

    done = workshop(workspace, "check", "1")

    assert done.returncode == 1
    assert done.stdout.startswith("Step 1 is not right yet")


def test_pytest_alone_agrees_with_a_check(workspace: Path) -> None:
    def pytest_alone() -> int:
        command = [sys.executable, "-m", "pytest", "-q", "exercises/test_01_identity.py"]
        return subprocess.run(command, cwd=workspace, capture_output=True, check=False).returncode

    assert pytest_alone() == 1
    solve(workspace)
    assert pytest_alone() == 0


def test_an_unknown_step_is_wrong_usage(workspace: Path) -> None:
    done = workshop(workspace, "check", "99")

    assert done.returncode == 2
    assert done.stderr.startswith("There is no step 99")
    assert "Traceback" not in done.stderr


def test_a_step_that_is_no_number_is_wrong_usage(workspace: Path) -> None:
    done = workshop(workspace, "check", "first")

    assert done.returncode == 2
    assert "invalid int value: 'first'" in done.stderr


def test_outside_a_workspace_the_remedy_is_named(tmp_path: Path) -> None:
    done = workshop(tmp_path, "check")

    assert done.returncode == 2
    assert "is not in a workshop" in done.stderr
    assert "`workshop init DIR`" in done.stderr


def test_json_is_for_programs(workspace: Path) -> None:
    answer = json.loads(workshop(workspace, "check", "1", "--json").stdout)

    assert answer["verdict"]["kind"] == "not_started"


def test_a_refusal_is_json_too(workspace: Path) -> None:
    done = workshop(workspace, "check", "99", "--json")

    assert done.returncode == 2
    assert json.loads(done.stdout)["kind"] == "problem"


def test_hints_rise_one_by_one(workspace: Path) -> None:
    texts = [workshop(workspace, "hint").stdout for _ in range(4)]

    assert len(set(texts[:3])) == 3
    assert texts[3] == texts[2]


def test_a_solution_names_each_definition_and_says_its_reason(workspace: Path) -> None:
    done = workshop(workspace, "solution", "1")

    assert "`WorkItem.id`, your line 29: yours is still blank. Ours:" in done.stdout
    assert "\n        return self._id\n" in done.stdout
    assert "Equality and hash use the id" in done.stdout


def test_undo_restores_every_byte_after_a_reset(workspace: Path) -> None:
    solve(workspace)
    file = workspace / WORK_ITEM
    mine = file.read_bytes().replace(b"\n", b"\r\n") + b"# caf\xc3\xa9\r\n"
    file.write_bytes(mine)

    reset = workshop(workspace, "reset", "1")
    assert "blank again" in reset.stdout
    assert file.read_bytes() != mine
    workshop(workspace, "undo")

    assert file.read_bytes() == mine


def into_git(workspace: Path, *further: str) -> None:
    """Commit the workspace, then run one more command of git's, if any is given."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not on the path")
    known = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    commands = [("init",), ("add", "--all"), (*known, "commit", "-m", "Start")]
    for command in [*commands, further] if further else commands:
        subprocess.run([git, *command], cwd=workspace, check=True, capture_output=True)


def test_branches_are_made_and_told_how_to_use(workspace: Path) -> None:
    into_git(workspace)

    done = workshop(workspace, "branches")

    assert done.returncode == 0
    assert "made: solution/domain-model: The rich domain model, 4 commits." in done.stdout
    assert "`git diff solution/domain-model -- exercises/domain_model`" in done.stdout


def test_a_branch_that_is_kept_is_not_passed(workspace: Path) -> None:
    into_git(workspace, "branch", "solution/domain-model")

    done = workshop(workspace, "branches", "--json")

    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert (answer["kind"], answer["ok"]) == ("branches", False)
    assert [branch["outcome"] for branch in answer["branches"]] == ["kept", "made"]


def test_branches_without_a_repository_are_wrong_usage(workspace: Path) -> None:
    done = workshop(workspace, "branches")

    assert done.returncode == 2
    assert "not in a git repository" in done.stderr


def test_undo_with_nothing_to_undo_says_so(workspace: Path) -> None:
    done = workshop(workspace, "undo")

    assert done.returncode == 2
    assert done.stderr.startswith("There is nothing to undo")


def test_what_comes_next_is_said_with_the_way_around(workspace: Path) -> None:
    workshop(workspace, "hint")

    done = workshop(workspace, "next")

    assert done.returncode == 0
    assert done.stdout.startswith("You are at step 1")
    assert "`workshop catch-up 2`" in done.stdout
    assert json.loads(workshop(workspace, "next", "--json").stdout)["kind"] == "next"


def test_the_status_says_what_is_next(workspace: Path) -> None:
    before = workshop(workspace, "status").stdout
    solve(workspace)
    workshop(workspace, "check", "1")
    after = workshop(workspace, "status").stdout

    assert "not started" in before
    assert "`workshop check 1`" in " ".join(before.split())
    assert "passed" in after


def test_the_log_can_be_asked_as_at_a_moment(workspace: Path) -> None:
    workshop(workspace, "check", "1")

    assert "checked step 1" in workshop(workspace, "log").stdout
    early = workshop(workspace, "log", "--as-at", "2020-01-01T00:00+00:00").stdout
    assert "checked step 1" not in early


def test_a_moment_that_is_none_is_wrong_usage(workspace: Path) -> None:
    done = workshop(workspace, "log", "--as-at", "tea time")

    assert done.returncode == 2
    assert "'tea time' is not a time such as 14:10" in done.stderr


def test_a_damaged_progress_file_does_not_stop_the_course(workspace: Path) -> None:
    progress = workspace / ".workshop" / "progress.db"
    progress.parent.mkdir()
    progress.write_bytes(b"this is no database " * 500)

    done = workshop(workspace, "check", "1")

    assert done.returncode == 1
    assert "not being recorded" in " ".join(done.stdout.split())
    assert progress.read_bytes().startswith(b"this is no database")


def test_a_damaged_manifest_is_one_sentence(workspace: Path) -> None:
    (workspace / "exercises" / "course.toml").write_text("title = ", encoding="utf-8")

    done = workshop(workspace, "status")

    assert done.returncode == 2
    assert "course.toml cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_early_is_no_error(workspace: Path) -> None:
    command = f'"{sys.executable}" -m workshop solution 1 | head -n 1'
    done = subprocess.run(command, shell=True, cwd=workspace, capture_output=True, check=False)

    assert done.stderr == b""


def in_a_terminal(workspace: Path, **environment: str) -> str:
    """What `workshop status` sends to a terminal with these variables."""
    import pty

    leader, follower = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, "-m", "workshop", "status"]
    with subprocess.Popen(
        command, cwd=workspace, stdout=follower, env=inherited | environment
    ) as process:
        os.close(follower)
        shown = b""
        try:
            while chunk := os.read(leader, 65536):
                shown += chunk
        except OSError:  # Linux says so when the other side has closed
            pass
        process.wait()
    os.close(leader)
    return shown.decode()


posix_only = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a POSIX thing")
COLOURS = re.compile(r"\x1b\[[\d;]*(?<![\d])3[0-7]m")


@posix_only
def test_in_a_terminal_the_verdict_is_in_colour(workspace: Path) -> None:
    solve(workspace)
    workshop(workspace, "check", "1")
    assert COLOURS.search(in_a_terminal(workspace, TERM="xterm-256color", COLUMNS="80"))
    without = in_a_terminal(workspace, TERM="xterm-256color", COLUMNS="80", NO_COLOR="1")
    assert "\x1b[1m" in without, "bold is no colour"
    assert not COLOURS.search(without)


@posix_only
def test_a_terminal_that_knows_nothing_gets_plain_text_of_its_width(workspace: Path) -> None:
    shown = in_a_terminal(workspace, TERM="dumb", COLUMNS="60")
    assert "\x1b" not in shown
    assert shown.startswith("Event-Sourced Domain Models in Python: 0 of 14 steps passed")
    assert max(len(line.rstrip("\r")) for line in shown.split("\n")) in range(50, 61)


def test_an_update_brings_what_is_new_and_undo_takes_it_back(workspace: Path) -> None:
    newer = workspace.parent / "newer"
    shutil.copytree(workspace, newer)
    remember_delivery(workspace)
    welcome = "notebooks/00_welcome.ipynb"
    for root, words in ((newer, "# Good morning, "), (workspace, "# Mine: ")):
        text = (root / welcome).read_text(encoding="utf-8")
        assert '"# ' in text
        new = text.replace('"# ', f'"{words}', 1)
        (root / welcome).write_text(new, encoding="utf-8", newline="\n")
    mine = (workspace / welcome).read_bytes()

    dry = workshop(workspace, "update", "--from", "../newer", "--dry-run").stdout
    assert "would change" in dry
    assert not (workspace / "notebooks" / "00_welcome.new.ipynb").exists()
    done = workshop(workspace, "update", "--from", "../newer")
    assert done.returncode == 0, done.stderr
    assert "ours is in `notebooks/00_welcome.new.ipynb`" in " ".join(done.stdout.split())
    assert (workspace / welcome).read_bytes() == mine
    workshop(workspace, "undo")

    assert not (workspace / "notebooks" / "00_welcome.new.ipynb").exists()


def test_an_update_from_nowhere_is_wrong_usage(workspace: Path) -> None:
    done = workshop(workspace, "update", "--from", "nowhere")

    assert done.returncode == 2
    assert "nowhere has no course in it" in done.stderr


def test_help_lists_every_command(workspace: Path) -> None:
    text = workshop(workspace, "--help").stdout

    for command in (
        *("lab", "check", "hint", "solution", "reset", "catch-up", "undo", "next", "status", "log"),
        *("update", "branches", "init", "doctor", "rehearse", "slides", "demo", "pace"),
        *("watch", "wheelhouse", "test", "bench"),
    ):
        assert f"\n    {command} " in text, command
