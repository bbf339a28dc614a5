"""`workshop bench`: every benchmark runs, and what it finds is told, kept, compared and drawn.

Nothing here judges how fast anything is.
"""

import json
import math
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from workshop.course.errors import CourseError
from workshop.selftest import run_benchmarks

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run of all benchmarks has left: its table and its report."""
    folder = tmp_path_factory.mktemp("a bench")
    command = [sys.executable, "-m", "workshop", "bench", "--tiny"]
    command += ["--json", str(folder / "run.json")]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=900
    )
    assert done.returncode == 0, done.stderr
    (folder / "table.txt").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.fixture
def report(folder: Path) -> Any:
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """A module beside the benchmarks, which find each other as scripts do."""
    monkeypatch.syspath_prepend(ROOT / "tests" / "benchmarks")
    return import_module


def test_every_benchmark_gives_figures(report: Any, module: Callable[[str], ModuleType]) -> None:
    found = {figure["benchmark"] for figure in report["figures"]}

    assert found == {each.name for each in module("catalogue").BENCHMARKS}


def test_every_figure_is_a_number_and_so_is_every_ratio(report: Any) -> None:
    for figure in report["figures"]:
        values = [figure["value"], figure["lowest"], figure["highest"]]
        for each in figure["comparisons"]:
            values += [each["value"], each["ratio"]]
        assert all(math.isfinite(value) and value > 0 for value in values), figure


def test_every_figure_stands_beside_another(report: Any) -> None:
    assert [f["name"] for f in report["figures"] if not f["comparisons"]] == []


def test_the_report_says_where_it_was_made(report: Any) -> None:
    assert report["rounds"] == 1
    assert report["commit"]
    assert {"Python", "SQLite", "eventsourcing", "msgspec"} <= set(report["versions"])
    assert all(report["machine"].values())


def test_the_table_names_every_figure_within_80_columns(folder: Path, report: Any) -> None:
    table = (folder / "table.txt").read_text(encoding="utf-8")

    assert [f["name"] for f in report["figures"] if f["name"] not in table] == []
    assert max(map(len, table.splitlines())) <= 80
    assert "\x1b" not in table


def test_a_run_tells_what_changed_since_another(
    folder: Path, report: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    against = str(folder / "run.json")
    assert run_benchmarks(ROOT, ["codec", "--tiny", "--against", against]) == 0

    _, _, changes = capfd.readouterr().out.partition(f"Since {report['commit']}")
    named = {f["benchmark"] for f in report["figures"] if f["name"] in changes}
    assert named == {"codec"}
    assert changes.count("%") == sum(f["benchmark"] == "codec" for f in report["figures"])


def test_an_unknown_benchmark_is_answered_with_those_there_are(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert run_benchmarks(ROOT, ["append", "juggling"]) == 2

    assert "'juggling'; there are codec, append," in " ".join(capfd.readouterr().err.split())


@pytest.mark.parametrize("text", [None, "{}"], ids=["not there", "something else"])
def test_a_file_that_is_no_report_is_refused_before_anything_is_measured(
    text: str | None, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        (tmp_path / "run.json").write_text(text, encoding="utf-8")

    assert run_benchmarks(ROOT, ["--against", str(tmp_path / "run.json")]) == 2
    assert "run.json is not what --json wrote" in " ".join(capfd.readouterr().err.split())


def test_the_same_figures_give_the_same_chart_with_every_name(
    folder: Path, report: Any, module: Callable[[str], ModuleType]
) -> None:
    run = module("report").read(folder / "run.json")
    charts = [folder / "one.svg", folder / "other.svg"]
    for chart in charts:
        module("as_chart").draw(run, chart)

    one, other = (chart.read_text(encoding="utf-8") for chart in charts)
    assert one == other
    assert [f["name"] for f in report["figures"] if f["name"] not in one] == []


def test_a_workspace_has_no_benchmarks(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="without the project's benchmarks"):
        run_benchmarks(tmp_path, [])


def test_without_the_peer_they_say_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "eventsourcing", None)  # as good as not installed

    with pytest.raises(CourseError, match="`python3 -m workshop bench`, which installs it"):
        run_benchmarks(ROOT, [])


def test_sides_take_turns_in_going_first(module: Callable[[str], ModuleType]) -> None:
    measuring = module("measuring")
    order: list[str] = []

    def side(name: str) -> Callable[[float], float]:
        def run(seconds: float) -> float:
            order.append(name)
            return 1.0

        return run

    effort = measuring.Effort(rounds=3, seconds=0.0, most=1)
    measuring.measure("turns", "events/s", {name: side(name) for name in "abc"}, effort)

    assert "".join(order[3:]) == "abcbcacab"


def test_a_ratio_is_taken_within_each_round(module: Callable[[str], ModuleType]) -> None:
    sides = {"ours": [20.0, 2.0, 200.0], "raw": [10.0, 1.0, 400.0]}
    measured = module("measuring").Measurement("any", "events/s", sides)

    assert measured.ratio("raw") == 2.0
    assert measured.median("ours") == 20.0


@pytest.mark.parametrize(
    ("at_most", "ratio", "is_met"),
    [(False, 0.9, True), (False, 0.89, False), (True, 0.9, True), (True, 0.91, False)],
)
def test_a_goal_is_met_from_its_side(
    at_most: bool, ratio: float, is_met: bool, module: Callable[[str], ModuleType]
) -> None:
    assert module("measuring").Goal("raw", 0.9, at_most=at_most).is_met(ratio) is is_met


def test_a_figure_that_misses_its_goal_is_called_short(
    module: Callable[[str], ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    measuring, table = module("measuring"), module("as_table")
    sides = {"ours": [5.0], "raw": [10.0], "peer": [1.0]}
    goals = measuring.Goal("raw", 0.9), measuring.Goal("peer", 2)
    figure = module("report").figure_of("any", measuring.Measurement("x", "µs", sides, goals))

    table.console().print(table.figures("Any", [figure]))

    raw, peer = capsys.readouterr().out.splitlines()[1:3]
    assert raw.split() == ["x,", "µs", "5", "raw", "10", "0.50", "≥", "0.9", "short"]
    assert peer.split() == ["peer", "1", "5.00", "≥", "2"]


def test_the_page_shows_the_figures_that_are_kept_beside_it(
    module: Callable[[str], ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    docs, table = ROOT / "docs", module("as_table")
    kept = module("report").read(docs / "benchmarks.json")
    page = (docs / "BENCHMARKS.md").read_text(encoding="utf-8")

    for benchmark in module("catalogue").BENCHMARKS:
        figures = [each for each in kept.figures if each.benchmark == benchmark.name]
        table.console().print(table.figures(benchmark.title, figures))
        for line in capsys.readouterr().out.splitlines():
            assert line.rstrip() in page, "paste what the run printed into docs/BENCHMARKS.md"
