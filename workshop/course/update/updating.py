"""Bring a newer release of the course into a workspace in which somebody has worked.

`Session` opens a course whose manifest it can read. An update begins where that may not be so: the
workspace has an older manifest than this workshop. So it stands beside `Session`, and uses the same
workspace, backups and journal.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from workshop.course.errors import CourseError
from workshop.course.journal import Journal
from workshop.course.progress_events import CourseUpdated
from workshop.course.results import UpdateResult
from workshop.course.update.delivery import MANIFEST, RECORD, Delivery, Fingerprint, with_starters
from workshop.course.update.git import delivered_by_git, is_clone
from workshop.course.update.planning import Plan
from workshop.course.update.release import Release, files_of, has_own_workshop, is_ours
from workshop.course.workspace import Workspace

__all__ = ["remember_at_first", "remember_delivery", "update"]


def remember_delivery(root: Path) -> None:
    """Write down what a new workspace got, so that an update can tell what its student changed.

    Raises:
        OSError: It cannot be written.
    """
    contents = files_of(root, with_workshop=has_own_workshop(root))
    _write_record(root, Delivery.of(with_starters(contents)))


def remember_at_first(root: Path) -> None:
    """Do the same for an unpacked release, before its student begins: no git knows it.

    It is not worth an error: without a record, an update takes nothing for granted.
    """
    if not (root / ".git").exists() and not (root / RECORD).exists():
        with suppress(OSError, CourseError):
            remember_delivery(root)


def update(
    root: Path, source: Path, *, dry_run: bool = False, clock: Callable[[], datetime]
) -> UpdateResult:
    """Bring the release in a folder into a workspace; what its student wrote stays.

    Args:
        root: The workspace.
        source: The folder of the newer release.
        dry_run: Say what would be done, and write nothing.
        clock: Gives the moment, in UTC, for the journal.

    Raises:
        CourseError: The release cannot be used, or a file not be written: nothing was changed.
    """
    if source.resolve() == root.resolve():
        raise CourseError(
            "A workspace cannot be updated from itself. Clone or unpack the newer release into "
            "another folder, and run `workshop update --from FOLDER`."
        )
    release = Release.read(source, with_workshop=has_own_workshop(root))
    workspace = Workspace(root)
    try:
        plan = Plan.of(_base(root, source), release, workspace.read)
        if dry_run:
            return _result(plan, release, source, dry_run=True)
        if not plan.contents:
            _write_record(root, release.delivery)
            return _result(plan, release, source)
    except OSError as error:
        raise CourseError(
            f"Nothing was changed, because {error.filename} cannot be read or written "
            f"({error.strerror}). Close what holds it, and check that the file is yours."
        ) from error
    # The record goes with the files, so that an undo takes both back.
    change = workspace.change("update", plan.contents | {RECORD: release.delivery.record()})
    warnings = (*_journalled(workspace, change.backup, clock), *_about_git(root))
    return _result(plan, release, source, backup=change.backup, warnings=warnings)


def _base(root: Path, source: Path) -> Delivery:
    """What the last release gave: the record or git's history, whichever fits the files better."""
    candidates = [Delivery.remembered(root), _from_history(root, source)]
    known = [delivery for delivery in candidates if delivery is not None]
    if known:
        return max(known, key=lambda delivery: _likeness(delivery, root))
    # The solutions are hardly ever touched, and the starters follow from them.
    own = files_of(root).items()
    ours = {f: data for f, data in own if f == MANIFEST or f.startswith("solutions/")}
    return Delivery.of(ours, complete=False)


def _from_history(root: Path, source: Path) -> Delivery | None:
    tree = delivered_by_git(root, source) or {}
    own = has_own_workshop(root)
    contents = {file: data for file, data in tree.items() if is_ours(file, with_workshop=own)}
    try:
        return Delivery.of(with_starters(contents)) if MANIFEST in contents else None
    except CourseError:  # a history that began before there was a course
        return None


def _likeness(delivery: Delivery, root: Path) -> int:
    """How many of the delivered files are still as they were."""
    files = ((root / file, file, given) for file, given in delivery.files.items())
    return sum(
        path.is_file() and Fingerprint.of(file, path.read_bytes()).essence == given.essence
        for path, file, given in files
    )


def _write_record(root: Path, delivery: Delivery) -> None:
    record = root / RECORD
    record.parent.mkdir(exist_ok=True)
    record.write_bytes(delivery.record())


def _journalled(
    workspace: Workspace, backup: str | None, clock: Callable[[], datetime]
) -> tuple[str, ...]:
    journal = Journal(workspace.state / "progress.db", clock)
    journal.record(CourseUpdated(backup=backup or ""))
    journal.close()
    return journal.warnings


def _about_git(root: Path) -> tuple[str, ...]:
    if not is_clone(root):
        return ()
    return (
        "To git the new files are changes of yours, and `git pull` will stop at them. Take the "
        "next release with `workshop update` again.",
    )


def _result(
    plan: Plan,
    release: Release,
    source: Path,
    *,
    dry_run: bool = False,
    backup: str | None = None,
    warnings: tuple[str, ...] = (),
) -> UpdateResult:
    return UpdateResult(
        source=str(source),
        dry_run=dry_run,
        updated=plan.updated,
        added=plan.added,
        removed=plan.removed,
        moved=plan.moved,
        yours=plan.yours,
        left=plan.left,
        conflicts=plan.conflicts,
        backup=backup,
        next_action=_next_action(plan, release, dry_run=dry_run),
        warnings=warnings,
    )


def _next_action(plan: Plan, release: Release, *, dry_run: bool) -> str:
    if not plan.contents:
        return "Go on where you are: `workshop status`."
    if dry_run:
        return "To do it, run the same command without `--dry-run`."
    workshop = any(file.startswith("workshop/") for file in plan.contents)
    action = "Reload what is open in JupyterLab, and go on: `workshop status`."
    if release.has_workshop and workshop:
        action = "The workshop itself is new: close JupyterLab, and start it again."
    if plan.conflicts:
        action = f"Take what you want from the versions beside yours, and remove them. {action}"
    return f"{action} To have everything as it was: `workshop undo`."
