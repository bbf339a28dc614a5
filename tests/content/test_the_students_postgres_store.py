"""The event store of step 19 fulfils the contract of all event stores, but for what it leaves out.

What it leaves out is what step 9 leaves out, with one exception, and nothing of it would pass.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
CONTRACT = "exercises/contract_19_beyond_one_machine.py"


def test_the_solved_store_fulfils_the_contract_on_a_database_server(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises", ignore=ignored)
    for path in (ROOT / "solutions" / "event_sourced").glob("*.py"):
        shutil.copyfile(path, tmp_path / "exercises" / "event_sourced" / path.name)
    strict = ["-o", "xfail_strict=true", "--junitxml", "results.xml"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *strict, CONTRACT],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 0, run.stdout
    cases = list(ElementTree.parse(tmp_path / "results.xml").iter("testcase"))
    left_out = {
        re.sub(r"\[.*", "", c.attrib["name"]) for c in cases if c.find("skipped") is not None
    }
    assert len(cases) > 2 * len(left_out), "it is a contract worth the name"
    assert "test_an_error_in_an_inner_transaction_undoes_that_alone" not in left_out
