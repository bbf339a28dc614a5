"""Which benchmarks of the core there are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import bench_append
import bench_codec
import bench_feed
import bench_group
import bench_growth
import bench_load
import bench_postgres
import bench_writers
from measuring import Effort, Measurement

__all__ = ["BENCHMARKS", "Benchmark"]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Some measurements that belong together; `run` makes its stores in an empty folder."""

    name: str
    title: str
    run: Callable[[Effort, Path], Iterator[Measurement]]


def _on_postgres(effort: Effort, folder: Path) -> Iterator[Measurement]:
    yield from bench_postgres.measurements(effort, folder)
    yield from bench_writers.measurements(effort, folder)


BENCHMARKS = (
    Benchmark("codec", "Events to JSON and back", bench_codec.measurements),
    Benchmark("append", "Append on SQLite", bench_append.measurements),
    Benchmark("load", "Load by the repository", bench_load.measurements),
    Benchmark("feed", "The feed, decoded", bench_feed.measurements),
    Benchmark("growth", "Growth", bench_growth.measurements),
    Benchmark("postgres", "Append on PostgreSQL", _on_postgres),
    Benchmark("group", "A group on PostgreSQL", bench_group.measurements),
)
