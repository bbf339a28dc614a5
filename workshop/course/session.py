"""The one door to the course: the command line, the notebooks and the tests all come through it."""

import difflib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from workshop.course.advice import after_check, after_hint, name_of
from workshop.course.blanks import blank_names, package_state, python_files
from workshop.course.branches import update_branches
from workshop.course.catching_up import at_the_start, is_as_given, made_blank, read, steps_in
from workshop.course.checking import Snapshot, check, jobs_of
from workshop.course.clues import clues_in
from workshop.course.errors import CourseError
from workshop.course.journal import Journal
from workshop.course.manifest import Course, Step
from workshop.course.needs import insist
from workshop.course.onward import after_solution, at_the_end, to_go_on
from workshop.course.parsing import decode
from workshop.course.process_runner import ProcessRunner
from workshop.course.progress_events import (
    CaughtUp,
    ChangeUndone,
    GivenStepChecked,
    HintTaken,
    SolutionShown,
    StepChecked,
    StepPassed,
    StepReset,
    told,
)
from workshop.course.results import (
    BranchesResult,
    ChangeResult,
    CheckResult,
    FileDiff,
    HintResult,
    LogEntry,
    LogResult,
    NextResult,
    Passed,
    SolutionResult,
    StatusResult,
    TwoVersions,
)
from workshop.course.runner import Job, Runner
from workshop.course.side_by_side import both_versions
from workshop.course.standing import Standing
from workshop.course.workspace import MANIFEST, Workspace, find_root

__all__ = ["Session"]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Session:
    """A student at work in a workspace.

    Steps are given by number; `None` means the current one. `seconds` is how long a check's tests
    may take, if not what the step says.
    """

    def __init__(
        self,
        root: Path,
        *,
        runner: Runner | None = None,
        clock: Callable[[], datetime] = _utc_now,
        seconds: float | None = None,
    ) -> None:
        self.root = root
        self.course = Course.load(root / MANIFEST)
        self._workspace = Workspace(root)
        self._runner = runner or ProcessRunner()
        self._seconds = seconds
        self._journal = Journal(self._workspace.state / "progress.db", clock)
        self._standing = Standing(self.course, self._journal)

    @classmethod
    def open(cls, start: Path | None = None) -> "Session":
        """Open the workspace that a folder lies in, by default the current one.

        Raises:
            CourseError: There is no workspace, or its manifest cannot be read.
        """
        return cls(find_root(start))

    def close(self) -> None:
        """Release the progress file."""
        self._journal.close()

    def check(self, number: int | None = None) -> CheckResult:
        """Check a step: its tests, and those of the part's earlier steps.

        Raises:
            CourseError: What the step needs is not installed.
        """
        step = self.step(number)
        insist(step, self.root)
        began = time.perf_counter()
        snapshot = Snapshot.of(self._package(step))
        checked = check(self.root, self.course, step, self._runner, self._seconds or step.seconds)
        verdict = checked.verdict
        clues = clues_in(self.root, self.course, step, checked)
        mistake = clues.mistake
        if isinstance(verdict, Passed) and self._is_given(step):
            self._journal.record(GivenStepChecked(step=step.id, digest=snapshot.digest))
        elif isinstance(verdict, Passed):
            self._journal.record(StepPassed(step=step.id, digest=snapshot.digest))
        else:
            self._journal.record(
                StepChecked(
                    step=step.id,
                    verdict=name_of(verdict),
                    mistake=mistake.name if mistake and mistake.certain else None,
                    digest=snapshot.digest,
                )
            )
        return CheckResult(
            step=step.ref,
            verdict=verdict,
            mistake=mistake,
            look_at=clues.look_at,
            next_action=after_check(
                verdict,
                step,
                self._file(step),
                self._standing.ahead(),
                self._standing.offered_hint(step),
            ),
            digest=snapshot.digest,
            saved_at=snapshot.saved_at,
            seconds=time.perf_counter() - began,
            warnings=self._journal.warnings,
        )

    @property
    def packages(self) -> tuple[Path, ...]:
        """The folders that students write in."""
        return tuple(self.root / "exercises" / part.package for part in self.course.parts)

    def step(self, number: int | None = None) -> Step:
        """A step, by default the one that the student is at.

        Raises:
            CourseError: There is none of this number.
        """
        if number is not None:
            return self.course.step(number)
        standing = self._standing
        return standing.current_step() or standing.stretch_step() or self.course.steps[-1]

    def step_after(self, step: Step) -> Step:
        """The step that comes next; after the last one, that one."""
        later = (s for s in self.course.steps if s.number > step.number)
        return next(later, step)

    def step_saved(self, file: Path, current: Step) -> Step:
        """The step that a saved file belongs to, for somebody who is at `current`.

        That is the current step, unless the file is one of another part: then the first open step
        of that part, or its last.
        """
        package = file.relative_to(self.root / "exercises").parts[0]
        steps = [s for s in self.course.steps if self.course.part_of(s).package == package]
        if current in steps or not steps:
            return current
        progress = self._standing.progress()
        still_open = (s for s in steps if s.id not in progress or not progress[s.id].done)
        return next(still_open, steps[-1])

    def prepare(self, prepare: Callable[[Job], None], number: int | None = None) -> None:
        """Have what a check of a step will run prepared, by default of the current step."""
        step = self.step(number)
        for job in jobs_of(self.root, self.course, step, self._seconds or step.seconds):
            prepare(job)

    def hint(self, number: int | None = None) -> HintResult:
        """Give the next hint of a step; after the last one, the last one again."""
        step = self.step(number)
        taken = self._standing.of(step).hints
        hint = min(taken + 1, len(step.hints))
        self._journal.record(HintTaken(step=step.id, number=hint))
        return HintResult(
            step=step.ref,
            number=hint,
            total=len(step.hints),
            text=step.hints[hint - 1],
            next_action=after_hint(step, more=hint < len(step.hints)),
            warnings=self._journal.warnings,
        )

    def solution(self, number: int | None = None) -> SolutionResult:
        """Compare the student's version of a step with ours."""
        step = self.step(number)
        after = package_state(self._solved(step), step.number + 1)
        ours = {name: text for name, text in after.items() if blank_names(text, step.number)}
        versions = {name: self._versions(step, name, text) for name, text in ours.items()}
        unreadable = tuple(
            f"Python cannot read `{self._path(step, name)}`, so all of it is compared, with what "
            f"other steps ask for."
            for name, found in versions.items()
            if found is None
        )
        passed = self._standing.of(step).state == "passed"
        self._journal.record(SolutionShown(step=step.id))
        return SolutionResult(
            step=step.ref,
            why=step.why,
            diffs=tuple(self._diff(step, name, text) for name, text in ours.items()),
            next_action=after_solution(step, self._standing.ahead(), passed=passed),
            warnings=(*unreadable, *self._journal.warnings),
            definitions=tuple(pair for found in versions.values() for pair in found or ()),
        )

    def reset(self, number: int) -> ChangeResult:
        """Make a step blank again, and leave the rest of its files as the student wrote it."""
        step = self.course.step(number)
        solved = self._solved(step)
        texts, warnings = made_blank(step, solved, self._package(step))
        change = self._workspace.change(f"reset-{number:02}", self._by_path(step, texts))
        if change.backup:
            touched = steps_in(self.course, solved, change.files)
            self._journal.record(StepReset(step=step.id, backup=change.backup, touched=touched))
        sentence = f"Step {number} is blank {'again' if change.backup else 'already'}"
        return self._changed(sentence, change.files, change.backup, step, warnings)

    def catch_up(self, number: int) -> ChangeResult:
        """Set the part's files to the start of a step: all before it solved by us.

        What the student has written for stretch steps stays, but for the one to begin.
        """
        step = self.course.step(number)
        solved = self._solved(step)
        texts = at_the_start(self.course, step, solved, self._package(step))
        change = self._workspace.change(f"catch-up-{number:02}", self._by_path(step, texts))
        self._journal.record(
            CaughtUp(
                step=step.id,
                given=tuple(s.id for s in self.course.earlier_in_part(step)),
                blanked=tuple(s.id for s in self.course.from_here_in_part(step)),
                backup=change.backup,
                touched=steps_in(self.course, solved, change.files),
            )
        )
        already = "" if change.backup else " already"
        sentence = f"You are at the start of step {number}{already}: {step.title}"
        return self._changed(sentence, change.files, change.backup, step)

    def undo(self) -> ChangeResult:
        """Take the last reset, catch-up or update back, byte for byte."""
        undone = self._workspace.undo()
        self._journal.record(ChangeUndone(backup=undone.backup))
        return ChangeResult(
            sentence=f"Your files are as they were before {_as_command(undone.action)}",
            files=tuple(f for f in undone.files if not f.startswith(".workshop/")),
            backup=undone.kept,
            next_action="See where you are: `workshop status`.",
            warnings=self._journal.warnings,
        )

    def status(self) -> StatusResult:
        """Say where the student is."""
        current = self._standing.current_step()
        action = (
            f"You have done every step of the day: `workshop log` shows it. "
            f"{at_the_end(self._standing.ahead())}"
        )
        if current is not None:
            action = (
                f"Read `{current.notebook}`, write in `{self._file(current)}`, "
                f"and run `workshop check {current.number}`."
            )
        return StatusResult(
            course=self.course.title,
            steps=self._standing.statuses(),
            current=current.ref if current else None,
            next_action=action,
            warnings=self._journal.warnings,
        )

    def next_step(self) -> NextResult:
        """Say where to go on, and how to do so without having passed."""
        ahead = self._standing.ahead()
        step = self._standing.current_step() or self._standing.stretch_step()
        begun = step is not None and self._standing.of(step).state == "started"
        if (
            step is not None
            and step.stretch
            and not begun
            and step != self._standing.current_step()
        ):
            step = None  # which of the extra steps comes next is for the student to choose
        if step is not None:
            action = to_go_on(step, self._file(step), ahead, begun=begun)
        else:
            action = at_the_end(ahead) if ahead.extras else "`workshop log` tells your day."
        return NextResult(
            step=step.ref if step else None,
            begun=begun,
            learns=step.learns if step else "",
            extras=tuple(extra.ref for extra in ahead.extras),
            closing=self.course.closing,
            next_action=action,
            warnings=self._journal.warnings,
        )

    def log(self, as_at: datetime | None = None) -> LogResult:
        """Tell the student's day, as it was known at a moment.

        Raises:
            CourseError: The moment has no time zone.
        """
        if as_at is not None and as_at.tzinfo is None:
            raise CourseError(f"The moment {as_at.isoformat()} needs a time zone, such as +00:00.")
        entries = tuple(
            LogEntry(
                recorded_at=stored.recorded_at,
                sentence=self._standing.with_title(told(stored.event)),
            )
            for stored in self._journal.history(as_at)
        )
        return LogResult(entries=entries, as_at=as_at, warnings=self._journal.warnings)

    def branches(self) -> BranchesResult:
        """Make or update the solution branches of the student's git repository."""
        return update_branches(self.root, self.course, self.course.part_of(self.step(None)))

    def desk(self, number: int | None = None) -> tuple[str, str]:
        """The notebook and the file to have open for a step.

        Somebody who has done nothing yet gets the welcome notebook, and somebody who has done
        every step of the day the closing one.
        """
        if number is not None and Path(self.course.closing).name.startswith(f"{number:02}_"):
            return self.course.closing, self._file(self.step(None))
        if number is not None and (before := self.course.step_with_sequel(number)):
            return before.sequel, self._file(before)
        step = self.step(number)
        if number is None and not self._journal.history():
            return "notebooks/00_welcome.ipynb", self._file(step)
        if number is None and self._standing.current_step() is None:
            return self.course.closing, self._file(step)
        return step.notebook, self._file(step)

    def _is_given(self, step: Step) -> bool:
        """Whether the student's answer to a step is ours, from catching up."""
        caught_up = self._standing.of(step).state == "caught up"
        return caught_up and is_as_given(step, self._solved(step), self._package(step))

    def _package(self, step: Step) -> Path:
        return self.root / "exercises" / self.course.part_of(step).package

    def _solved(self, step: Step) -> Path:
        solved = self.root / "solutions" / self.course.part_of(step).package
        if not python_files(solved):
            raise CourseError(
                f"The solutions are missing: {solved} has no Python files. "
                f"Restore them with `git checkout -- solutions`."
            )
        return solved

    def _file(self, step: Step) -> str:
        return self._path(step, step.file)

    def _by_path(self, step: Step, texts: dict[str, bytes]) -> dict[str, bytes]:
        return {self._path(step, name): text for name, text in texts.items()}

    def _path(self, step: Step, name: str) -> str:
        return f"exercises/{self.course.part_of(step).package}/{name}"

    def _versions(self, step: Step, name: str, ours: str) -> tuple[TwoVersions, ...] | None:
        """What the step asks for in a file, or `None` if Python cannot read the student's."""
        starter = package_state(self._solved(step), step.number)[name]
        try:
            yours, _ = decode(read(self._package(step) / name))
            return both_versions(self._path(step, name), yours, starter, ours, step.number)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    def _diff(self, step: Step, name: str, ours: str) -> FileDiff:
        yours = read(self._package(step) / name).decode("utf-8-sig", errors="replace")
        lines = difflib.unified_diff(
            yours.splitlines(), ours.splitlines(), "yours", "ours", lineterm=""
        )
        return FileDiff(file=self._path(step, name), lines=tuple(lines))

    def _changed(
        self,
        sentence: str,
        files: tuple[str, ...],
        backup: str | None,
        step: Step,
        warnings: tuple[str, ...] = (),
    ) -> ChangeResult:
        action = f"Read `{step.notebook}`, then write in `{self._file(step)}`."
        if backup:
            action += " To have your own version back: `workshop undo`."
        else:
            sentence = f"Nothing to change: {sentence[0].lower()}{sentence[1:]}"
        return ChangeResult(
            sentence=sentence,
            files=files,
            backup=backup,
            next_action=action,
            warnings=(*warnings, *self._journal.warnings),
        )


def _as_command(action: str) -> str:
    """`catch-up-03` as it was typed."""
    name, _, number = action.rpartition("-")
    return f"`workshop {name} {number.lstrip('0')}`"
