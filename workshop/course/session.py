"""The one door to the course: the command line, the notebooks and the tests all come through it."""

import difflib
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from workshop.course.advice import after_check, after_hint, after_solution, at_the_end, name_of
from workshop.course.blanks import blank_names, package_state, python_files
from workshop.course.checking import Snapshot, check
from workshop.course.clues import clues_in
from workshop.course.errors import CourseError
from workshop.course.journal import Journal
from workshop.course.manifest import Course, Step
from workshop.course.needs import insist
from workshop.course.process_runner import ProcessRunner
from workshop.course.progress import StepProgress, caught_up_to, fold
from workshop.course.progress_events import (
    CaughtUp,
    ChangeUndone,
    HintTaken,
    SolutionShown,
    StepChecked,
    StepPassed,
    StepReset,
    told,
)
from workshop.course.results import (
    ChangeResult,
    CheckResult,
    FileDiff,
    HintResult,
    LogEntry,
    LogResult,
    Passed,
    SolutionResult,
    StatusResult,
    StepStatus,
)
from workshop.course.runner import Runner
from workshop.course.transplant import replace_definitions
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
        step = self._step(number)
        insist(step, self.root)
        began = time.perf_counter()
        snapshot = Snapshot.of(self._package(step))
        checked = check(self.root, self.course, step, self._runner, self._seconds or step.seconds)
        verdict = checked.verdict
        clues = clues_in(self.root, self.course, step, checked)
        mistake = clues.mistake
        if isinstance(verdict, Passed):
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
                verdict, step, self._file(step), self._following(step), self.course.closing
            ),
            digest=snapshot.digest,
            saved_at=snapshot.saved_at,
            seconds=time.perf_counter() - began,
            warnings=self._journal.warnings,
        )

    def hint(self, number: int | None = None) -> HintResult:
        """Give the next hint of a step; after the last one, the last one again."""
        step = self._step(number)
        taken = self._progress().get(step.id, StepProgress()).hints
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
        step = self._step(number)
        ours = package_state(self._solved(step), step.number + 1)
        diffs = tuple(
            self._diff(step, name, text)
            for name, text in ours.items()
            if blank_names(text, step.number)
        )
        passed = self._progress().get(step.id, StepProgress()).state == "passed"
        self._journal.record(SolutionShown(step=step.id))
        return SolutionResult(
            step=step.ref,
            why=step.why,
            diffs=diffs,
            next_action=after_solution(
                step, self._following(step), self.course.closing, passed=passed
            ),
            warnings=self._journal.warnings,
        )

    def reset(self, number: int) -> ChangeResult:
        """Make a step blank again, and leave the rest of its files as the student wrote it."""
        step = self.course.step(number)
        texts: dict[str, bytes] = {}
        warnings = []
        for name, starter in package_state(self._solved(step), number).items():
            if blank_names(starter, number):
                own = _bytes(self._package(step) / name)
                mended = replace_definitions(own, starter, number)
                texts[name] = starter.encode() if mended is None else mended
                if mended is None and own:
                    warnings.append(
                        f"{name} does not parse, or lacks a part of step {number}: all of it is "
                        f"the starter now. Your version is in the backup."
                    )
        change = self._workspace.change(f"reset-{number:02}", self._by_path(step, texts))
        if change.backup:
            self._journal.record(StepReset(step=step.id, backup=change.backup))
        sentence = f"Step {number} is blank again"
        return self._changed(sentence, change.files, change.backup, step, tuple(warnings))

    def catch_up(self, number: int) -> ChangeResult:
        """Set the part's files to the start of a step: all before it solved by us."""
        step = self.course.step(number)
        state = package_state(self._solved(step), number)
        texts = {name: text.encode() for name, text in state.items()}
        change = self._workspace.change(f"catch-up-{number:02}", self._by_path(step, texts))
        given = tuple(s.id for s in self.course.earlier_in_part(step))
        blanked = tuple(
            s.id for s in self.course.steps if s.part == step.part and s.id not in given
        )
        self._journal.record(
            CaughtUp(step=step.id, given=given, blanked=blanked, backup=change.backup)
        )
        sentence = f"You are at the start of step {number}: {step.title}"
        return self._changed(sentence, change.files, change.backup, step)

    def undo(self) -> ChangeResult:
        """Take the last reset or catch-up back, byte for byte."""
        undone = self._workspace.undo()
        self._journal.record(ChangeUndone(backup=undone.backup))
        return ChangeResult(
            sentence=f"Your files are as they were before {undone.action}",
            files=undone.files,
            backup=undone.kept,
            next_action="See where you are: `workshop status`.",
            warnings=self._journal.warnings,
        )

    def status(self) -> StatusResult:
        """Say where the student is."""
        progress = self._progress()
        current = self.current_step()
        action = (
            f"You have done every step of the day: `workshop log` shows it. "
            f"{at_the_end(self.course.closing, self._stretch(progress))}"
        )
        if current is not None:
            action = (
                f"Read `{current.notebook}`, write in `{self._file(current)}`, "
                f"and run `workshop check {current.number}`."
            )
        return StatusResult(
            course=self.course.title,
            steps=tuple(
                _standing(step, progress.get(step.id, StepProgress())) for step in self.course.steps
            ),
            current=current.ref if current else None,
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
            LogEntry(recorded_at=stored.recorded_at, sentence=self._with_titles(told(stored.event)))
            for stored in self._journal.history(as_at)
        )
        return LogResult(entries=entries, as_at=as_at, warnings=self._journal.warnings)

    def current_step(self) -> Step | None:
        """The first step of the day that is neither passed nor caught up; `None` after the last.

        Who has caught up goes on from there, and comes back at the end to what was left open.
        """
        progress = self._progress()
        reached = self.course.step_by_id(caught_up_to(self._journal.history()) or "")
        ahead = [s for s in self.course.of_the_day if reached and s.number >= reached.number]
        return _first_open(ahead, progress) or _first_open(self.course.of_the_day, progress)

    def desk(self, number: int | None = None) -> tuple[str, str]:
        """The notebook and the file to have open for a step.

        Somebody who has done nothing yet gets the welcome notebook, and somebody who has done
        every step of the day the closing one.
        """
        if number is not None and Path(self.course.closing).name.startswith(f"{number:02}_"):
            return self.course.closing, self._file(self._step(None))
        step = self._step(number)
        if number is None and not self._journal.history():
            return "notebooks/00_welcome.ipynb", self._file(step)
        if number is None and self.current_step() is None:
            return self.course.closing, self._file(step)
        return step.notebook, self._file(step)

    def _step(self, number: int | None) -> Step:
        if number is not None:
            return self.course.step(number)
        return self.current_step() or self._stretch(self._progress()) or self.course.steps[-1]

    def _stretch(self, progress: Mapping[str, StepProgress]) -> Step | None:
        """The first stretch step that is still open."""
        return _first_open([step for step in self.course.steps if step.stretch], progress)

    def _following(self, step: Step) -> Step | None:
        later = (s for s in self.course.steps if s.number > step.number)
        return next(later, None)

    def _progress(self) -> dict[str, StepProgress]:
        """Progress by the ids that steps have today; what the course no longer has is left out."""
        found: dict[str, StepProgress] = {}
        for recorded, progress in fold(self._journal.history()).items():
            step = self.course.step_by_id(recorded)
            if step is not None and (recorded == step.id or step.id not in found):
                found[step.id] = progress
        return found

    def _with_titles(self, line: str) -> str:
        before, bracket, rest = line.partition("[")
        id_, _, after = rest.partition("]")
        step = self.course.step_by_id(id_)
        if not bracket or step is None:
            return line
        return f"{before}step {step.number}, {step.title}{after}"

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
        return f"exercises/{self.course.part_of(step).package}/{step.file}"

    def _by_path(self, step: Step, texts: dict[str, bytes]) -> dict[str, bytes]:
        package = self.course.part_of(step).package
        return {f"exercises/{package}/{name}": text for name, text in texts.items()}

    def _diff(self, step: Step, name: str, ours: str) -> FileDiff:
        yours = _bytes(self._package(step) / name).decode("utf-8-sig", errors="replace")
        lines = difflib.unified_diff(
            yours.splitlines(), ours.splitlines(), "yours", "ours", lineterm=""
        )
        file = f"exercises/{self.course.part_of(step).package}/{name}"
        return FileDiff(file=file, lines=tuple(lines))

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
            sentence = f"Nothing to change: {sentence[0].lower()}{sentence[1:]} already"
        return ChangeResult(
            sentence=sentence,
            files=files,
            backup=backup,
            next_action=action,
            warnings=(*warnings, *self._journal.warnings),
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}).") from error


def _first_open(steps: Iterable[Step], progress: Mapping[str, StepProgress]) -> Step | None:
    for step in steps:
        if progress.get(step.id, StepProgress()).state not in ("passed", "caught up"):
            return step
    return None


def _standing(step: Step, progress: StepProgress) -> StepStatus:
    return StepStatus(
        step=step.ref,
        state=progress.state,
        minutes=step.minutes,
        attempts=progress.attempts,
        hints=progress.hints,
        spent_minutes=progress.minutes,
        stretch=step.stretch,
    )
