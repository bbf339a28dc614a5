import shutil
import subprocess
import sys
from pathlib import Path

CORE = Path(__file__).parents[2] / "workshop" / "eventsourcing"

AT_WORK = """
import sys

import pytest

from ledger import SqliteEventStore
from ledger.testing import EventStoreContract, example_codec


class TestOurStore(EventStoreContract):
    @pytest.fixture
    def store(self, clock, tmp_path):
        store = SqliteEventStore(tmp_path / "ledger.db", example_codec(), clock=clock)
        yield store
        store.close()


def test_nothing_else_of_the_workshop_came_with_it():
    import ledger.postgres

    assert not [name for name in sys.modules if name.split(".")[0] == "workshop"]
"""


def test_the_folder_can_be_copied_and_works_under_a_name_of_its_own(tmp_path: Path) -> None:
    shutil.copytree(CORE, tmp_path / "ledger", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "test_at_work.py").write_text(AT_WORK, encoding="utf-8")
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", "."]
    ran = subprocess.run(
        [*pytest, "test_at_work.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
