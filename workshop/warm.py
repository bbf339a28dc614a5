"""Spare workers for everybody: JupyterLab's server and `workshop watch` keep some, others ask.

A check that a terminal or a notebook asks for then starts no Python of its own for the tests. Where
nobody keeps spare workers, or they do not answer, it does.
"""

import json
import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from workshop.course.errors import CourseError
from workshop.course.process_runner import ProcessRunner
from workshop.course.runner import Job, TestRun
from workshop.course.session import Session
from workshop.course.spare_runner import RunCancelled, SpareRunner

__all__ = ["SharedWorkers", "WarmRunner", "shared_workers"]

_PATIENCE = 60.0
"""Seconds beyond a job's own until an answer is given up: longer than a worker takes to start."""


_NO_ANSWER = (OSError, EOFError, msgspec.DecodeError, RunCancelled)
"""The asker is gone or talks nonsense, or a save ended the run: who waits for it runs it itself."""


class _Request(msgspec.Struct):
    """Jobs, and the word that proves that the asker may read the workspace's own files."""

    token: str
    jobs: tuple[Job, ...]


class SharedWorkers:
    """Answers the jobs of other processes of this workspace, until the block is left."""

    def __init__(self, root: Path, runner: SpareRunner) -> None:
        self._root = root.resolve()
        self._runner = runner
        self._token = secrets.token_hex(16)
        self._listener = Listener()
        self._note = _note(self._root)
        self._written = json.dumps({"address": self._listener.address, "token": self._token})

    def __enter__(self) -> "SharedWorkers":
        self._note.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._note.with_name(f"{self._note.name}.{os.getpid()}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(self._written, encoding="utf-8")
        unfinished.replace(self._note)
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            if self._note.read_text(encoding="utf-8") == self._written:  # nobody came after us
                self._note.unlink()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError):  # it was closed
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: "Connection[Any, Any]") -> None:
        with closing(connection), suppress(*_NO_ANSWER):
            if not connection.poll(_PATIENCE):
                return
            request = msgspec.json.decode(connection.recv_bytes(), type=_Request)
            known = secrets.compare_digest(request.token, self._token)
            if known and {job.folder.resolve() for job in request.jobs} == {self._root}:
                connection.send_bytes(msgspec.json.encode(self._runner.run(request.jobs)))
        self._runner.refill()


class WarmRunner:
    """A `Runner` that asks for a spare worker, and starts one of its own if nobody has any."""

    def __init__(self, root: Path) -> None:
        self._note = _note(root.resolve())

    def run(self, jobs: Sequence[Job]) -> tuple[TestRun, ...]:
        """Run the first job's tests and, once they pass, those of the others; see `Runner`."""
        try:
            return self._asked(tuple(jobs))
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            return ProcessRunner().run(jobs)

    def _asked(self, jobs: tuple[Job, ...]) -> tuple[TestRun, ...]:
        said = json.loads(self._note.read_text(encoding="utf-8"))
        with closing(Client(said["address"])) as connection:
            connection.send_bytes(msgspec.json.encode(_Request(said["token"], jobs)))
            if not connection.poll(sum(job.seconds for job in jobs) + _PATIENCE):
                raise TimeoutError
            return msgspec.json.decode(connection.recv_bytes(), type=tuple[TestRun, ...])


@contextmanager
def shared_workers(root: Path, runner: SpareRunner) -> Iterator[None]:
    """Share a runner's workers while the block lasts, the first ones for the student's step.

    Where this machine has no way to listen, they are not shared, and all else works as before.
    """
    with ExitStack() as stack:
        with suppress(CourseError), closing(Session(root)) as session:
            session.prepare(runner.prepare)
        with suppress(OSError):
            stack.enter_context(SharedWorkers(root, runner))
        yield


def _note(root: Path) -> Path:
    return root / ".workshop" / "workers.json"
