"""The solution branches in a student's repository."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from workshop.course.blanks import package_state
from workshop.course.branches import update_branches
from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.results import BranchesResult

GitIn: TypeAlias = Callable[..., str]

LAMPS, TALLIES = "solution/lamps", "solution/tallies"
LAMP = "exercises/lamps/lamp.py"


def branches(root: Path) -> BranchesResult:
    return update_branches(root, Course.load(root / "exercises" / "course.toml"))


def outcomes(root: Path) -> list[str]:
    return [branch.outcome for branch in branches(root).branches]


def commit(git: GitIn, root: Path, message: str = "Mine") -> str:
    """Commit all that there is, as the student."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD")


def write(root: Path, file: str, text: str) -> None:
    (root / file).write_text(text, encoding="utf-8", newline="\n")


def edit(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    write(root, file, text.replace(old, new))


@pytest.fixture
def root(tiny: Path, git: GitIn) -> Path:
    """A workspace in a repository with one commit, as after a clone."""
    git(tiny, "init", "--quiet")
    commit(git, tiny, "The course")
    return tiny


# What the branches are


def test_there_is_a_branch_for_each_part(root: Path, git: GitIn) -> None:
    assert outcomes(root) == ["made", "made"]

    heads = git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads").splitlines()
    assert heads == ["main", LAMPS, TALLIES]


def test_there_is_a_commit_for_each_step_on_top_of_the_course(root: Path, git: GitIn) -> None:
    made = branches(root)

    log = git(root, "log", "--reverse", "--format=%s", LAMPS).splitlines()
    assert log == ["The course", "Step 1: Light", "Step 2: Less light"]
    assert git(root, "log", "-1", "--format=%s", TALLIES) == "Step 3: Counting"
    assert [branch.commits for branch in made.branches] == [2, 1]
    assert (made.base, made.subject) == (git(root, "rev-parse", "main"), "The course")


@pytest.mark.parametrize(("revision", "state"), [(f"{LAMPS}~1", 2), (LAMPS, 3)])
def test_a_commit_has_the_package_as_it_is_after_its_step(
    root: Path, git: GitIn, revision: str, state: int
) -> None:
    branches(root)

    after = package_state(root / "solutions" / "lamps", state)
    shown = {name: git(root, "show", f"{revision}:exercises/lamps/{name}") for name in after}
    assert shown == {name: text.strip() for name, text in after.items()}


def test_a_commit_changes_nothing_but_its_parts_package(root: Path, git: GitIn) -> None:
    branches(root)

    assert git(root, "diff", "--name-only", "main", LAMPS).splitlines() == [LAMP]


def test_a_part_that_has_no_steps_yet_has_no_branch(root: Path, git: GitIn) -> None:
    part = '[[parts]]\nid = "clocks"\ntitle = "Clocks"\npackage = "clocks"\n[[steps]]\nnumber = 1\n'
    edit(root, "exercises/course.toml", "[[steps]]\nnumber = 1\n", part)

    assert [branch.name for branch in branches(root).branches] == [LAMPS, TALLIES]


def test_a_commit_says_what_its_step_teaches_and_why_it_is_solved_so(
    root: Path, git: GitIn
) -> None:
    branches(root)

    message = git(root, "log", "-1", "--format=%B", LAMPS)
    assert message == (
        "Step 2: Less light\n\nWhat you learn: something about lamps.\n\nIt is short."
    )


def test_the_workshop_has_written_them_and_not_the_student(root: Path, git: GitIn) -> None:
    branches(root)

    assert git(root, "log", "-1", "--format=%an, %cn", LAMPS) == "The workshop, The workshop"


def test_what_a_student_has_open_staged_or_checked_out_stays_as_it_is(
    root: Path, git: GitIn
) -> None:
    write(root, LAMP, "half an answer\n")
    git(root, "add", LAMP)
    write(root, LAMP, "a better half\n")
    write(root, "notes.txt", "mine\n")
    index = (root / ".git" / "index").read_bytes()

    branches(root)

    assert (root / ".git" / "index").read_bytes() == index
    assert (root / LAMP).read_text(encoding="utf-8") == "a better half\n"
    assert git(root, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert git(root, "status", "--short").split() == ["MM", LAMP, "??", "notes.txt"]


def test_one_file_of_ours_can_be_checked_out(root: Path, git: GitIn) -> None:
    branches(root)

    git(root, "checkout", LAMPS, "--", LAMP)

    assert "self._level = 100" in (root / LAMP).read_text(encoding="utf-8")


def test_each_commit_is_a_minute_younger_than_the_one_before(root: Path, git: GitIn) -> None:
    branches(root)

    times = [int(time) for time in git(root, "log", "--format=%ct", LAMPS).split()]
    assert times == [times[2] + 120, times[2] + 60, times[2]]


# Running it again


def test_running_it_again_changes_nothing(root: Path, git: GitIn) -> None:
    first = branches(root)

    again = branches(root)

    assert [branch.outcome for branch in again.branches] == ["unchanged", "unchanged"]
    assert [branch.tip for branch in again.branches] == [branch.tip for branch in first.branches]


def test_two_students_with_the_same_clone_get_the_same_commits(
    root: Path, git: GitIn, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", str(root), "clone")

    tips = [[branch.tip for branch in branches(r).branches] for r in (root, tmp_path / "clone")]

    assert tips[0] == tips[1]


def test_what_a_student_commits_on_their_own_branch_changes_nothing(root: Path, git: GitIn) -> None:
    branches(root)
    write(root, LAMP, "my answer\n")
    commit(git, root)
    write(root, "notes.txt", "mine\n")
    commit(git, root)

    assert outcomes(root) == ["unchanged", "unchanged"]


def test_our_own_commits_are_never_what_the_branches_grow_from(one_step: Path, git: GitIn) -> None:
    git(one_step, "init", "--quiet")
    write(one_step, LAMP, "half an answer\n")
    first = commit(git, one_step)
    branches(one_step)
    git(one_step, "checkout", "--quiet", LAMPS)  # now HEAD has a commit in which all is blank

    again = branches(one_step)

    assert again.base == first
    assert again.branches[0].outcome == "unchanged"


def test_a_branch_that_was_deleted_is_made_again(root: Path, git: GitIn) -> None:
    branches(root)
    git(root, "branch", "--delete", "--force", LAMPS)

    assert outcomes(root) == ["made", "unchanged"]


# A newer release of the course


def test_a_step_that_is_added_at_the_end_extends_the_branch(root: Path, git: GitIn) -> None:
    manifest = root / "exercises" / "course.toml"
    whole = manifest.read_text(encoding="utf-8")
    second, third = (whole.index(f"[[steps]]\nnumber = {number}") for number in (2, 3))
    manifest.write_text(whole[:second] + whole[third:], encoding="utf-8")
    first = branches(root).branches[0]
    manifest.write_text(whole, encoding="utf-8")

    lamps, tallies = branches(root).branches

    assert (lamps.outcome, lamps.before, lamps.commits) == ("extended", first.tip, 2)
    assert tallies.outcome == "unchanged"


def test_a_release_that_is_pulled_replaces_the_branches(root: Path, git: GitIn) -> None:
    old = branches(root)
    write(root, LAMP, "my answer\n")
    commit(git, root, "My answer")
    git(root, "checkout", "--quiet", "-b", "upstream", old.base)
    edit(root, "exercises/course.toml", "It is short.", "It is shorter.")
    release = commit(git, root, "A newer release")
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-edit", "upstream")

    new = branches(root)

    assert [branch.outcome for branch in new.branches] == ["replaced", "replaced"]
    assert [branch.before for branch in new.branches] == [branch.tip for branch in old.branches]
    assert new.base == release
    assert "It is shorter." in git(root, "log", "-1", "--format=%B", LAMPS)


@pytest.mark.parametrize(("into", "other"), [("main", "upstream"), ("upstream", "main")])
def test_a_blank_commit_of_an_older_release_is_not_what_they_grow_from(
    root: Path, git: GitIn, into: str, other: str
) -> None:
    git(root, "checkout", "--quiet", "-b", "upstream")
    edit(root, "exercises/course.toml", "It is short.", "It is shorter.")
    release = commit(git, root, "A newer release")
    git(root, "checkout", "--quiet", "main")
    write(root, "notes.txt", "mine\n")
    commit(git, root, "Not begun yet")
    git(root, "checkout", "--quiet", into)
    git(root, "merge", "--quiet", "--no-ff", "--no-commit", other)
    write(root, LAMP, "half an answer\n")
    commit(git, root, "Merged, and begun")

    assert branches(root).base == release


def test_where_a_branch_was_is_in_its_reflog(root: Path, git: GitIn) -> None:
    git(root, "config", "core.logAllRefUpdates", "false")
    old = branches(root).branches[0].tip
    edit(root, "exercises/course.toml", "It is short.", "It is shorter.")
    commit(git, root)

    branches(root)

    assert git(root, "rev-parse", f"{LAMPS}@{{1}}") == old


def test_a_student_whose_first_commit_was_half_an_answer_has_a_blank_start(
    tiny: Path, git: GitIn
) -> None:
    git(tiny, "init", "--quiet")
    write(tiny, LAMP, "half an answer\n")
    write(tiny, "exercises/lamps/helpers.py", "of = 'mine'\n")
    first = commit(git, tiny)
    write(tiny, LAMP, "all of it\n")
    commit(git, tiny)

    made = branches(tiny)

    assert made.base == first
    log = git(tiny, "log", "--reverse", "--format=%s", f"{first}..{LAMPS}").splitlines()
    assert log == [
        "The start: every step of this part is blank",
        "Step 1: Light",
        "Step 2: Less light",
    ]
    assert git(tiny, "ls-tree", "--name-only", f"{LAMPS}:exercises/lamps").split() == [
        "__init__.py",
        "lamp.py",
    ]
    assert git(tiny, "rev-list", "--count", f"{first}..{TALLIES}") == "1"  # it was blank there
    assert outcomes(tiny) == ["unchanged", "unchanged"]


# What is not ours


def newer_release(git: GitIn, root: Path) -> None:
    edit(root, "exercises/course.toml", "It is short.", "It is shorter.")
    commit(git, root, "A newer release")


def test_a_branch_that_a_student_committed_to_is_left_alone(root: Path, git: GitIn) -> None:
    branches(root)
    git(root, "checkout", "--quiet", LAMPS)
    mine = commit(git, root)
    git(root, "checkout", "--quiet", "main")
    newer_release(git, root)

    made = branches(root)

    assert [branch.outcome for branch in made.branches] == ["kept", "replaced"]
    assert git(root, "rev-parse", LAMPS) == made.branches[0].tip == mine
    assert f"`git branch -m {LAMPS} my-lamps`" in made.branches[0].reason
    assert not made.ok


def test_the_way_out_that_is_named_works(root: Path, git: GitIn) -> None:
    branches(root)
    git(root, "checkout", "--quiet", LAMPS)
    mine = commit(git, root)

    git(root, "branch", "-m", LAMPS, "my-lamps")

    assert outcomes(root) == ["made", "unchanged"]
    assert git(root, "rev-parse", "my-lamps") == mine


def test_a_commit_of_ours_that_a_student_amended_is_theirs(root: Path, git: GitIn) -> None:
    branches(root)
    git(root, "checkout", "--quiet", LAMPS)
    git(root, "commit", "--quiet", "--amend", "--allow-empty", "--message", "Better")
    git(root, "checkout", "--quiet", "main")

    assert outcomes(root) == ["kept", "unchanged"]


def test_a_branch_of_that_name_that_was_there_before_us_is_left_alone(
    root: Path, git: GitIn
) -> None:
    git(root, "branch", LAMPS)

    assert outcomes(root) == ["kept", "made"]


def test_a_second_name_for_another_branch_is_left_alone(root: Path, git: GitIn) -> None:
    head = git(root, "rev-parse", "main")
    git(root, "symbolic-ref", f"refs/heads/{LAMPS}", "refs/heads/main")

    kept = branches(root).branches[0]

    assert kept.outcome == "kept"
    assert git(root, "rev-parse", "main") == head
    git(root, *kept.reason.split("`")[1].split()[1:])
    assert outcomes(root) == ["made", "unchanged"]


def test_a_commit_that_only_our_branch_still_holds_is_not_lost(root: Path, git: GitIn) -> None:
    git(root, "checkout", "--quiet", "--detach")
    mine = commit(git, root, "On no branch")
    assert branches(root).base == mine
    git(root, "checkout", "--quiet", "main")
    newer_release(git, root)

    assert outcomes(root) == ["kept", "kept"]
    git(root, "merge-base", "--is-ancestor", mine, LAMPS)


def test_a_branch_that_is_checked_out_is_not_moved(root: Path, git: GitIn) -> None:
    old = branches(root).branches[0].tip
    git(root, "checkout", "--quiet", LAMPS)
    edit(root, "exercises/course.toml", "It is short.", "It is shorter.")

    kept, other = branches(root).branches

    assert (kept.outcome, kept.tip, other.outcome) == ("kept", old, "replaced")
    assert "`git checkout -`" in kept.reason
    assert git(root, "diff", "--name-only", "HEAD") == "exercises/course.toml"


def test_a_branch_that_another_worktree_has_checked_out_is_not_moved(
    root: Path, git: GitIn, tmp_path: Path
) -> None:
    old = branches(root).branches[0].tip
    beside = tmp_path / "beside it"
    git(root, "worktree", "add", "--quiet", str(beside), LAMPS)
    newer_release(git, root)

    kept, other = branches(root).branches

    assert (kept.outcome, kept.tip, other.outcome) == ("kept", old, "replaced")
    assert beside.as_posix() in kept.reason
    assert git(beside, "status", "--short") == ""


def test_a_branch_that_is_in_the_way_is_named(root: Path, git: GitIn) -> None:
    git(root, "branch", "solution")

    with pytest.raises(CourseError, match=r"`git branch -m solution my-solution`"):
        branches(root)

    git(root, "branch", "-m", "solution", "my-solution")
    assert outcomes(root) == ["made", "made"]


def test_a_branch_below_the_name_is_in_the_way_too(root: Path, git: GitIn) -> None:
    git(root, "branch", f"{TALLIES}/mine")

    with pytest.raises(CourseError, match=rf"`git branch -m {TALLIES}/mine my-"):
        branches(root)

    assert git(root, "for-each-ref", f"refs/heads/{LAMPS}") == ""
