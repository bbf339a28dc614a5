"""Measure the core, each benchmark beside its raw limit and its peer in the same run."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from as_table import changes, console, figures
from catalogue import BENCHMARKS, Benchmark
from measuring import FULL, QUICK, TINY, CannotMeasureError, Effort
from report import Figure, Report, figure_of, read, surroundings, write

EPILOGUE = """Figures are events per second where they name no unit. The ratio is ours as a
multiple of the other side's; "short" stands where it misses its goal. docs/BENCHMARKS.md says how
it is measured. Stores are made in the folder for temporary files; set TMPDIR to measure another
disk."""


def main() -> None:
    arguments = _parser().parse_args()
    effort: Effort = arguments.effort
    if arguments.rounds:
        effort = replace(effort, rounds=arguments.rounds)
    report = _run(arguments.names or BENCHMARKS, effort)
    if arguments.against:
        console().print(changes(arguments.against, report), "")
    if arguments.json:
        write(report, arguments.json)
    if arguments.chart:
        from as_chart import draw  # matplotlib takes its time to load

        draw(report, arguments.chart)


def _run(benchmarks: Sequence[Benchmark], effort: Effort) -> Report:
    found: list[Figure] = []
    for benchmark in benchmarks:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            try:
                measured = list(benchmark.run(effort, Path(folder)))
            except CannotMeasureError as error:
                print(f"{benchmark.title} is left out. {error}", file=sys.stderr)
                continue
        own = [figure_of(benchmark.name, each) for each in measured]
        console().print(figures(benchmark.title, own), "")
        found += own
    commit, machine, versions = surroundings(Path(__file__).parent)
    return Report(datetime.now(UTC), commit, effort.rounds, machine, versions, found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workshop bench", description=__doc__, epilog=EPILOGUE)
    parser.add_argument(
        "names", nargs="*", type=_benchmark, metavar="NAME", help=f"of {_names()}; default: all"
    )
    parser.add_argument("--rounds", type=_positive, metavar="N", help="measure each side so often")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures, too")
    parser.add_argument(
        "--against", type=_report, metavar="FILE", help="tell what changed since an earlier --json"
    )
    parser.add_argument("--chart", type=Path, metavar="FILE", help="draw the ratios as SVG")
    parser.set_defaults(effort=FULL)
    for option, effort, text in (
        ("--quick", QUICK, "shorter, and with smaller stores"),
        ("--tiny", TINY, "once each: whether all of them run; the figures mean nothing"),
    ):
        parser.add_argument(option, dest="effort", action="store_const", const=effort, help=text)
    return parser


def _benchmark(name: str) -> Benchmark:
    for benchmark in BENCHMARKS:
        if benchmark.name == name:
            return benchmark
    raise argparse.ArgumentTypeError(f"there is no benchmark {name!r}; there are {_names()}")


def _names() -> str:
    return ", ".join(benchmark.name for benchmark in BENCHMARKS)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rounds such as 7")
    return int(text)


def _report(name: str) -> Report:
    try:
        return read(Path(name))
    except (OSError, msgspec.DecodeError) as error:
        raise argparse.ArgumentTypeError(f"{name} is not what --json wrote: {error}") from None


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
