"""The peer loading aggregates in a process of its own, as `python -O` runs it.

    python -O tests/benchmarks/peer_process.py FILE ID…

For each line with a number of seconds it loads for so long, and prints events per second.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import peer
from measuring import Timed, each_in_turn

__all__ = ["loading_without_assertions"]


@contextmanager
def loading_without_assertions(path: Path, boards: Sequence[UUID]) -> Iterator[Timed]:
    command = [sys.executable, "-O", __file__, str(path), *map(str, boards)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        asked, told = process.stdin, process.stdout
        assert asked is not None
        assert told is not None

        def run(seconds: float) -> float:
            print(seconds, file=asked, flush=True)
            return float(told.readline())

        yield run  # leaving this block closes the process's input, which ends it


def main() -> None:
    path, *ids = sys.argv[1:]
    with peer.opened(Path(path)) as boards:
        run = each_in_turn(lambda each: peer.loaded(boards, each), [UUID(each) for each in ids])
        for line in sys.stdin:
            print(run(float(line)), flush=True)


if __name__ == "__main__":
    main()
