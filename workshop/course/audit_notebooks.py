"""Proofs about notebooks, decks and demos: they run, and print what they show."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from workshop.course.decks import deck_problems
from workshop.course.findings import Aspect, Finding
from workshop.course.notebooks import load, make_profile, problems
from workshop.course.temporary import COURSE_FOLDERS, Stage

__all__ = ["aspect_of", "notebooks_of", "prove_notebook"]

_SECONDS = 300

_FOLDERS: Mapping[str, Aspect] = {
    "notebooks": "notebook",
    "slides": "deck",
    "slides/demos": "demo",
}


def notebooks_of(stage: Stage) -> Iterator[tuple[str, int]]:
    """Each notebook, deck and demo, with the state of the course in which it is run.

    A step's notebook is run with the step solved, since it ends with the student's own turn.
    """
    steps = stage.course.steps
    states = {name: step.number + 1 for step in steps for name in step.notebooks}
    states[stage.course.closing] = max(states.values())
    for folder in _FOLDERS:
        for path in sorted((stage.root / folder).glob("*.ipynb")):
            name = f"{folder}/{path.name}"
            yield name, states.get(name, 1)


def aspect_of(notebook: str) -> Aspect:
    """What kind of notebook it is, by its folder."""
    folder, _, _ = notebook.rpartition("/")
    return _FOLDERS[folder]


def prove_notebook(stage: Stage, notebook: str, state: int) -> Finding:
    """The notebook obeys the rules, and every cell prints again what it shows."""
    content = load(stage.root / notebook)
    wrong = problems(content)
    if aspect_of(notebook) == "deck":
        wrong += deck_problems(stage.root / notebook, stage.root)
    if wrong:
        return Finding(name=notebook, ok=False, detail=" ".join(wrong), remedy=_RECORD)
    if not any(cell["cell_type"] == "code" for cell in content["cells"]):
        return Finding(name=notebook, ok=True, detail="it has no code to run")
    with (
        stage.workspace(state, folders=COURSE_FOLDERS) as folder,
        tempfile.TemporaryDirectory() as own,
    ):
        make_profile(Path(own))
        environment = os.environ | {
            "PYTHONPATH": str(folder),
            "WORKSHOP_ROOT": str(folder),
            "IPYTHONDIR": own,
            "JUPYTER_RUNTIME_DIR": own,
            "JUPYTER_CONFIG_DIR": own,
        }
        # Without the plugins of other packages, which take longer to load than most cells to run.
        command = [
            sys.executable,
            "-m",
            "pytest",
            "--disable-plugin-autoload",
            "-p",
            "nbval.plugin",
        ]
        command += ["--nbval", "-q", "--no-header", "--tb=short"]
        command += ["-p", "no:cacheprovider", "-c", str(folder / "exercises" / "pytest.ini")]
        command += ["--rootdir", str(folder), "--color=no", str(folder / notebook)]
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Finding(name=notebook, ok=False, detail=f"it did not end within {_SECONDS} s")
    output = done.stdout.decode(errors="replace").strip()
    if done.returncode != 0:
        detail = f"a cell fails, or prints something else than it shows\n{output[-1500:]}"
        return Finding(name=notebook, ok=False, detail=detail, remedy=_RECORD)
    return Finding(name=notebook, ok=True, detail="every cell prints what it shows")


_RECORD = "After a change on purpose: `workshop rehearse --record`."
