"""What an instructor types: slides, pace, demonstrations."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with two of the decks."""
    root = tmp_path / "my wörkshop"
    left_behind = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "wrong")
    for folder in ("exercises", "slides", "solutions"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=left_behind)
    for deck in (root / "slides").glob("0[1-6]_*.ipynb"):
        deck.unlink()
    return root


def workshop(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "WORKSHOP_ROOT"}
    environment |= {"PYTHONIOENCODING": "utf-8", "COLUMNS": "80", "TZ": "UTC"}
    return subprocess.run(
        [sys.executable, "-m", "workshop", *arguments],
        cwd=workspace,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_slides_builds_a_deck_and_says_where_it_is(workspace: Path) -> None:
    done = workshop(workspace, "slides", "opening", "--no-browser")
    html = workspace / ".workshop" / "slides" / "00_opening.html"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"The deck: {html}\n", "")
    assert "<html" in html.read_text(encoding="utf-8")


def test_the_half_days_deck_is_a_file_of_its_own(workspace: Path) -> None:
    done = workshop(workspace, "slides", "--route", "half", "--no-browser")
    assert done.stdout.endswith("00_opening.half.html\n")
    assert (workspace / ".workshop" / "slides" / "00_opening.half.html").is_file()


def test_an_unknown_deck_is_wrong_usage(workspace: Path) -> None:
    done = workshop(workspace, "slides", "9")
    assert done.returncode == 2
    assert done.stderr.startswith("There is no deck '9'. The decks are: 00_opening, ")


@pytest.mark.browser
def test_slides_are_looked_at_and_printed(workspace: Path) -> None:
    looked = workshop(workspace, "slides", "0", "--check")
    assert looked.stdout.startswith("1 deck looked at: every slide fits, and can be read.")
    assert looked.returncode == 0
    printed = workshop(workspace, "slides", "--pdf")
    assert [line.split(": ")[0] for line in printed.stdout.splitlines()] == ["The handout"] * 2
    assert (workspace / ".workshop" / "slides" / "00_opening.pdf").stat().st_size > 50_000


@pytest.mark.browser
def test_a_slide_that_cannot_be_read_is_named_and_the_exit_code_says_so(workspace: Path) -> None:
    deck = workspace / "slides" / "00_opening.ipynb"
    text = deck.read_text(encoding="utf-8").replace("Is this day for you?", "Isthisday" * 20)
    deck.write_text(text, encoding="utf-8")
    done = workshop(workspace, "slides", "0", "--check")
    assert done.returncode == 1
    assert done.stdout.startswith("1 of 1 deck needs mending.")
    assert "Slide 2: 'Isthisday" in " ".join(done.stdout.split())


def test_pace_wants_to_know_once_when_the_day_begins(workspace: Path) -> None:
    asked = workshop(workspace, "pace")
    assert asked.returncode == 2
    assert asked.stderr == "Say when the day begins: `workshop pace --start 09:30`.\n"
    told = workshop(workspace, "pace", "--start", "09:30", "--now", "09:45")
    assert told.stdout.startswith("Full day, 09:30 to 16:30. It is 09:45.")
    assert told.returncode == 0
    again = workshop(workspace, "pace", "--at", "2", "--now", "10:11")
    assert again.stdout.startswith("Full day, 09:30 to 16:30. You are 11 minutes late.")
    assert "10:00, now 10:11: step 2, A board that cannot be wrong, 25 minutes, now." in " ".join(
        again.stdout.split()
    )


def test_pace_knows_the_half_day(workspace: Path) -> None:
    done = workshop(workspace, "pace", "--start", "13:30", "--route", "half", "--json")
    answer = json.loads(done.stdout)
    assert answer["kind"] == "pace"
    assert answer["route"] == "Half day"
    assert answer["late"] is None


def test_demo_lists_the_demonstrations(workspace: Path) -> None:
    demos = sorted(path.stem for path in (workspace / "slides" / "demos").glob("*.ipynb"))
    assert workshop(workspace, "demo").stdout.split() == demos
    unknown = workshop(workspace, "demo", "99")
    assert unknown.returncode == 2
    assert unknown.stderr.startswith("There is no demo '99'. The demos are: 00_first_look, ")
