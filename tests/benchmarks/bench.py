"""Measure the core: each benchmark beside its raw limit and its peer, in the same run."""

import argparse
import tempfile
from pathlib import Path

import bench_append
import bench_codec
import bench_feed
import bench_load
from measuring import FULL, QUICK, TINY

BENCHMARKS = {
    "codec": bench_codec.measurements,
    "append": bench_append.measurements,
    "load": bench_load.measurements,
    "feed": bench_feed.measurements,
}
EFFORTS = {"full": FULL, "quick": QUICK, "tiny": TINY}


def main() -> None:
    parser = argparse.ArgumentParser(prog="workshop bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--effort", choices=EFFORTS, default="full")
    arguments = parser.parse_args()
    for name in arguments.names or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            for m in BENCHMARKS[name](EFFORTS[arguments.effort], Path(folder)):
                for n, other in enumerate(m.others):
                    goal, ratio = m.goal(other), m.ratio(other)
                    start = f"{m.name:<30}{m.median(m.first):>11,.0f}" if n == 0 else " " * 41
                    print(
                        f"{start}  {other:<8}{m.median(other):>11,.0f}{ratio:>7.2f} "
                        f"{goal or ''!s:<7}{'' if not goal or goal.is_met(ratio) else 'short'}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
