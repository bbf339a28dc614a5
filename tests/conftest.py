"""What holds for every test."""

import signal
from pathlib import Path

import pytest

# The files that take longest, longest first, so that none of them begins when the others end and
# keeps one core waiting. A file that is not named here is quick.
LONGEST = (
    "content/test_rehearsal.py",
    "interface/test_bootstrap.py",
    "interface/test_wheelhouse.py",
    "interface/test_slides_looked_at.py",
    "content/test_right_answers.py",
    "course/test_hostile_code.py",
    "course/test_audit.py",
    "interface/test_cli.py",
    "interface/test_slides_in_a_browser.py",
    "content/test_demos.py",
    "interface/test_lab.py",
    "course/test_spare_runner.py",
    "content/test_every_way_back.py",
    "course/test_session.py",
    "content/test_half_way.py",
)

# A suite in the background ignores Ctrl-C, and so would every program that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    tests = Path(__file__).parent
    ranks = {tests / name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
