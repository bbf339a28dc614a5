import os
from pathlib import Path

import pytest

from workshop.course.errors import CourseError
from workshop.course.workspace import Workspace, find_root

A = "exercises/lamps/a.py"
B = "exercises/lamps/inner/b.py"

ODD_BYTES = [b"", b"\xff\x00\xfe", b"x = 1\r\ny = 2\r", "ünïcödé\n".encode("latin-1")]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "exercises" / "lamps").mkdir(parents=True)
    return Workspace(tmp_path)


def put(workspace: Workspace, file: str, data: bytes) -> None:
    path = workspace.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def get(workspace: Workspace, file: str) -> bytes | None:
    path = workspace.root / file
    return path.read_bytes() if path.exists() else None


# Finding it


def test_the_workspace_is_found_from_any_folder_below(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKSHOP_ROOT", raising=False)

    assert find_root(tiny / "exercises" / "lamps") == tiny.resolve()
    monkeypatch.chdir(tiny / "solutions")
    assert find_root() == tiny.resolve()


def test_the_environment_names_it_when_the_folder_does_not(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_ROOT", str(tiny))

    assert find_root(tmp_path) == tiny.resolve()


def test_the_folder_comes_before_the_environment(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKSHOP_ROOT", str(tmp_path))

    assert find_root(tiny) == tiny.resolve()


def test_outside_of_a_workspace_the_remedies_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKSHOP_ROOT", raising=False)

    with pytest.raises(CourseError, match=r"not in a workshop.*workshop init DIR"):
        find_root(tmp_path)


# Changing and undoing


@pytest.mark.parametrize("before", ODD_BYTES)
def test_undo_restores_the_very_bytes(workspace: Workspace, before: bytes) -> None:
    put(workspace, A, before)

    change = workspace.change("reset-01", {A: b"new\n"})

    assert change.files == (A,)
    assert get(workspace, A) == b"new\n"
    assert workspace.undo().files == (A,)
    assert get(workspace, A) == before


def test_undo_removes_a_file_that_did_not_exist(workspace: Workspace) -> None:
    workspace.change("catch-up-02", {B: b"new\n"})
    assert get(workspace, B) == b"new\n"

    workspace.undo()

    assert get(workspace, B) is None


def test_undo_brings_a_deleted_file_back(workspace: Workspace) -> None:
    put(workspace, A, b"mine\n")
    workspace.change("reset-01", {A: b"new\n"})
    (workspace.root / A).unlink()

    workspace.undo()

    assert get(workspace, A) == b"mine\n"


def test_changes_are_undone_newest_first(workspace: Workspace) -> None:
    put(workspace, A, b"0")
    for step in range(1, 12):
        workspace.change(f"catch-up-{step:02}", {A: str(step).encode()})

    for step in range(11, 0, -1):
        undone = workspace.undo()
        assert undone.action == f"catch-up-{step:02}"
        assert get(workspace, A) == str(step - 1).encode()
    with pytest.raises(CourseError, match="nothing to undo"):
        workspace.undo()


def test_what_was_written_after_the_change_is_kept_beside_the_backup(workspace: Workspace) -> None:
    put(workspace, A, b"mine\n")
    workspace.change("reset-01", {A: b"new\n", B: b"more\n"})
    put(workspace, A, b"later work\r\n")

    undone = workspace.undo()

    kept = workspace.root / undone.kept
    assert kept.name == "replaced"
    assert (kept / A).read_bytes() == b"later work\r\n"
    assert (kept / B).read_bytes() == b"more\n"


def test_after_an_undo_a_new_change_can_be_undone_too(workspace: Workspace) -> None:
    put(workspace, A, b"mine")
    workspace.change("reset-01", {A: b"new"})
    workspace.undo()

    workspace.change("reset-01", {A: b"newer"})

    workspace.undo()
    assert get(workspace, A) == b"mine"


def test_files_that_are_already_so_are_left_alone(workspace: Workspace) -> None:
    put(workspace, A, b"same\n")
    put(workspace, B, b"mine\n")

    change = workspace.change("reset-01", {A: b"same\n", B: b"new\n"})

    assert change.files == (B,)
    assert change.backup is not None
    assert not (workspace.root / change.backup / "files" / A).exists()


def test_no_difference_is_no_change_and_makes_no_backup(workspace: Workspace) -> None:
    put(workspace, A, b"same\n")

    change = workspace.change("reset-01", {A: b"same\n"})

    assert (change.files, change.backup) == ((), None)
    assert not workspace.state.exists()
    with pytest.raises(CourseError, match="nothing to undo"):
        workspace.undo()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_keeps_its_permissions(workspace: Workspace) -> None:
    put(workspace, A, b"mine\n")
    (workspace.root / A).chmod(0o640)

    workspace.change("reset-01", {A: b"new\n"})

    assert (workspace.root / A).stat().st_mode & 0o777 == 0o640


# When it cannot be done


def test_a_change_that_cannot_be_made_in_full_is_not_made(workspace: Workspace) -> None:
    put(workspace, A, b"mine\n")
    put(workspace, "exercises/lamps/inner", b"a file where a folder is needed")

    with pytest.raises(CourseError, match="Nothing was changed"):
        workspace.change("reset-01", {A: b"new\n", B: b"new\n"})

    assert get(workspace, A) == b"mine\n"
    assert [p.name for p in (workspace.root / "exercises" / "lamps").iterdir()] != []
    assert not list((workspace.root / "exercises").rglob("*.new"))


def test_a_folder_in_the_place_of_a_file_is_one_sentence(workspace: Workspace) -> None:
    (workspace.root / A).mkdir()

    with pytest.raises(CourseError, match=r"Nothing was changed, because .*a\.py"):
        workspace.change("reset-01", {A: b"new\n"})


def test_without_a_place_for_the_backup_nothing_is_overwritten(workspace: Workspace) -> None:
    put(workspace, A, b"mine\n")
    workspace.state.write_text("a file where the folder should be", encoding="utf-8")

    with pytest.raises(CourseError, match="Nothing was changed"):
        workspace.change("reset-01", {A: b"new\n"})

    assert get(workspace, A) == b"mine\n"


def test_an_undo_that_fails_can_be_tried_again(workspace: Workspace) -> None:
    put(workspace, B, b"mine\n")
    workspace.change("reset-01", {B: b"new\n"})
    folder = workspace.root / "exercises" / "lamps" / "inner"
    (folder / "b.py").unlink()
    (folder / "b.py").mkdir()

    with pytest.raises(CourseError, match="Nothing was changed"):
        workspace.undo()

    (folder / "b.py").rmdir()
    workspace.undo()
    assert get(workspace, B) == b"mine\n"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"action": "reset-01"}', '{"files": 3}'])
def test_a_damaged_backup_is_said_and_changes_nothing(workspace: Workspace, text: str) -> None:
    put(workspace, A, b"mine\n")
    change = workspace.change("reset-01", {A: b"new\n"})
    assert change.backup is not None
    (workspace.root / change.backup / "backup.json").write_text(text, encoding="utf-8")

    with pytest.raises(CourseError, match=r"0001-reset-01 is damaged.*0001-reset-01/files"):
        workspace.undo()

    assert get(workspace, A) == b"new\n"


def test_a_backup_that_was_never_finished_is_not_undone(workspace: Workspace) -> None:
    put(workspace, A, b"mine\n")
    workspace.change("reset-01", {A: b"new\n"})
    (workspace.state / "backups" / "0002-reset-01" / "files").mkdir(parents=True)

    assert workspace.undo().backup.endswith("0001-reset-01")
    assert get(workspace, A) == b"mine\n"
