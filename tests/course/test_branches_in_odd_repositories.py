"""Repositories and settings that nobody expects: each works, or gets one sentence."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from workshop.course.branches import update_branches
from workshop.course.errors import CourseError
from workshop.course.git import in_one_sentence
from workshop.course.manifest import Course

GitIn: TypeAlias = Callable[..., str]

LAMPS = "solution/lamps"
LAMP = "exercises/lamps/lamp.py"


def outcomes(root: Path) -> list[str]:
    course = Course.load(root / "exercises" / "course.toml")
    return [branch.outcome for branch in update_branches(root, course).branches]


def start(git: GitIn, folder: Path) -> None:
    """Make a folder a repository with one commit."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The course")


# What works


def test_a_workspace_in_a_subfolder_of_a_repository_works(
    tiny: Path, git: GitIn, tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("home/\n", encoding="utf-8")
    start(git, tmp_path)

    assert outcomes(tiny) == ["made", "made"]

    changed = git(tmp_path, "-c", "core.quotePath=false", "diff", "--name-only", "HEAD", LAMPS)
    assert changed == f"my wörkshop/{LAMP}"
    assert git(tmp_path, "show", f"{LAMPS}:thesis.txt") == "years of work"
    assert outcomes(tiny) == ["unchanged", "unchanged"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_folder_with_quotation_marks_and_backslashes_works(
    tiny: Path, git: GitIn, tmp_path: Path
) -> None:
    above = tmp_path / 'a "repository"'
    root = above / 'the "lamp\\shade"'
    above.mkdir()
    tiny.rename(root)
    start(git, above)

    assert outcomes(root) == ["made", "made"]

    assert git(root, "diff", "--name-only", "--relative", "HEAD", LAMPS) == LAMP
    assert outcomes(root) == ["unchanged", "unchanged"]


def test_a_detached_head_works(tiny: Path, git: GitIn) -> None:
    start(git, tiny)
    git(tiny, "checkout", "--quiet", "--detach")

    assert outcomes(tiny) == ["made", "made"]


def test_a_clone_of_the_last_commit_alone_works(tiny: Path, git: GitIn, tmp_path: Path) -> None:
    start(git, tiny)
    git(tiny, "commit", "--quiet", "--allow-empty", "--message", "More")
    git(tmp_path, "clone", "--quiet", "--depth=1", tiny.as_uri(), "shallow")

    assert outcomes(tmp_path / "shallow") == ["made", "made"]


def test_a_worktree_of_a_bare_repository_works(tiny: Path, git: GitIn, tmp_path: Path) -> None:
    start(git, tiny)
    git(tmp_path, "clone", "--quiet", "--bare", str(tiny), "bare.git")
    git(tmp_path / "bare.git", "worktree", "add", "--quiet", str(tmp_path / "beside"), "main")

    assert outcomes(tmp_path / "beside") == ["made", "made"]


def test_a_repository_with_longer_ids_works(tiny: Path, git: GitIn) -> None:
    git(tiny, "init", "--quiet", "--object-format=sha256")
    start(git, tiny)

    assert outcomes(tiny) == ["made", "made"]
    assert outcomes(tiny) == ["unchanged", "unchanged"]


SETTINGS = {
    "a signature is asked for": ("commit.gpgSign", "true"),
    "the program that signs is broken": ("gpg.program", "no such program"),
    "signatures are shown": ("log.showSignature", "true"),
    "line ends are converted": ("core.autocrlf", "true"),
    "mixed line ends are refused": ("core.safecrlf", "true"),
    "the encoding of commits is another": ("i18n.commitEncoding", "ISO-8859-1"),
    "the encoding of logs is another": ("i18n.logOutputEncoding", "UTF-16"),
    "a name is never guessed": ("user.useConfigOnly", "true"),
    "dates are told in words": ("log.date", "relative"),
    "all is coloured": ("color.ui", "always"),
    "every pack is kept": ("fastimport.unpackLimit", "1"),
    "reflogs are not wanted": ("core.logAllRefUpdates", "false"),
}


@pytest.mark.parametrize(("name", "value"), SETTINGS.values(), ids=SETTINGS)
def test_settings_of_git_change_nothing(tiny: Path, git: GitIn, name: str, value: str) -> None:
    start(git, tiny)
    assert outcomes(tiny) == ["made", "made"]
    plain = git(tiny, "rev-parse", LAMPS)
    git(tiny, "update-ref", "-d", f"refs/heads/{LAMPS}")
    git(tiny, "config", "--global", name, value)

    assert outcomes(tiny) == ["made", "unchanged"]

    assert git(tiny, "rev-parse", LAMPS) == plain


def test_somebody_whom_git_does_not_know_gets_the_branches(
    tiny: Path, git: GitIn, tmp_path: Path
) -> None:
    start(git, tiny)
    (tmp_path / "home" / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", "utf-8")

    assert outcomes(tiny) == ["made", "made"]


def test_files_with_the_line_ends_of_windows_are_compared_as_git_keeps_them(
    tiny: Path, git: GitIn
) -> None:
    git(tiny, "init", "--quiet")
    git(tiny, "config", "core.autocrlf", "true")
    for file in tiny.rglob("*.py"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    start(git, tiny)

    assert outcomes(tiny) == ["made", "made"]

    assert git(tiny, "log", "-1", "--format=%s", f"{LAMPS}~2") == "The course"
    assert git(tiny, "diff", "--name-only", "HEAD", LAMPS) == LAMP


def test_hooks_are_not_called(tiny: Path, git: GitIn) -> None:
    start(git, tiny)
    for name in ("reference-transaction", "post-update", "pre-commit", "post-commit"):
        hook = tiny / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch called-{name}\nexit 1\n", encoding="utf-8", newline="\n")
        hook.chmod(0o755)

    assert outcomes(tiny) == ["made", "made"]

    assert list(tiny.rglob("called-*")) == []


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NAMESPACE"])
def test_variables_that_name_another_repository_lead_nowhere(
    tiny: Path, git: GitIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    start(git, tiny)
    monkeypatch.setenv(name, str(tmp_path / "elsewhere"))

    assert outcomes(tiny) == ["made", "made"]


# What gets a sentence


def refusal(root: Path) -> str:
    with pytest.raises(CourseError) as refused:
        outcomes(root)
    return str(refused.value)


def test_without_git_the_doctor_is_named(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "git is not installed" in refusal(tiny)
    assert "`workshop doctor`" in refusal(tiny)


@pytest.mark.skipif(os.name == "nt", reason="Windows asks no bit whether a file is a program")
def test_a_git_that_does_not_run_is_told(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "git"
    broken.write_bytes(b"no program")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert refusal(tiny).startswith("git does not run (")


def test_without_a_repository_the_commands_that_make_one_are_named(tiny: Path, git: GitIn) -> None:
    said = refusal(tiny)

    assert "not in a git repository" in said
    assert "`git init`" in said


def test_the_commands_that_are_named_make_it_work(tiny: Path, git: GitIn) -> None:
    git(tiny, "init", "--quiet")
    said = refusal(tiny)
    assert "Nothing is committed here yet" in said
    assert '`git commit -m "Start the workshop"`' in said

    git(tiny, "add", "--all")
    git(tiny, "commit", "-m", "Start the workshop")

    assert outcomes(tiny) == ["made", "made"]


def test_a_workspace_that_was_never_committed_is_told(
    tiny: Path, git: GitIn, tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "thesis.txt")
    git(tmp_path, "commit", "--quiet", "--message", "Mine")

    assert refusal(tiny).startswith("my wörkshop/exercises/course.toml is not committed")


def test_a_bare_repository_is_told(tiny: Path, git: GitIn) -> None:
    start(git, tiny)
    git(tiny, "config", "core.bare", "true")

    assert "is a bare one" in refusal(tiny)


def test_solutions_that_are_missing_are_told(tiny: Path, git: GitIn) -> None:
    start(git, tiny)
    shutil.rmtree(tiny / "solutions" / "tallies")

    assert "solutions/tallies has no Python files" in refusal(tiny)
    assert git(tiny, "for-each-ref", "refs/heads/solution") == ""


def test_a_setting_that_git_cannot_read_is_told(tiny: Path, git: GitIn) -> None:
    start(git, tiny)
    with (tiny / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write("[core\n")

    assert "bad config line" in refusal(tiny)


def test_a_lock_that_another_git_left_behind_is_told(tiny: Path, git: GitIn) -> None:
    start(git, tiny)
    lock = tiny / ".git" / "refs" / "heads" / "solution" / "lamps.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()

    assert "lamps.lock" in refusal(tiny)
    assert git(tiny, "for-each-ref", "refs/heads/solution") == ""  # all branches, or none


as_anybody = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user"
)


@as_anybody
def test_a_repository_that_may_not_be_written_to_is_told(tiny: Path, git: GitIn) -> None:
    start(git, tiny)
    for folder in [*(tiny / ".git").rglob("*/"), tiny / ".git"]:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        said = refusal(tiny)
    finally:
        for folder in [tiny / ".git", *(tiny / ".git").rglob("*/")]:
            folder.chmod(stat.S_IRWXU)

    assert said.startswith("git refused, and said: ")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a folder away"
)
def test_a_repository_of_another_user_is_told(tiny: Path, git: GitIn) -> None:
    start(git, tiny)
    for path in (tiny, tiny / ".git"):
        os.chown(path, 12345, -1)

    said = refusal(tiny)

    assert "belongs to another user" in said
    assert "`git config --global --add safe.directory" in said


def test_the_command_that_git_names_for_such_a_repository_is_passed_on() -> None:
    said = (
        "fatal: detected dubious ownership in repository at 'D:/workshop'\n"
        "'D:/workshop' is owned by:\n\t'S-1-5-32-544'\nbut the current user is:\n\t'S-1-5-21'\n"
        "To add an exception for this directory, call:\n\n"
        "\tgit config --global --add safe.directory D:/workshop\n"
    )

    assert in_one_sentence(said) == (
        "git does not read this repository, because its folder belongs to another user. If you "
        "trust it, run `git config --global --add safe.directory D:/workshop`."
    )
