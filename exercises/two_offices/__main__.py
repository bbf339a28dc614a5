"""An office or a reader, as a process of its own; it ends when its standard input does.

    python -m exercises.two_offices write north DSN
    python -m exercises.two_offices read reader-1 DSN

So it ends with the program that started it, whatever becomes of that.
"""

import os
import signal
import sys
import threading
from contextlib import closing

from exercises.two_offices.boards import open_store
from exercises.two_offices.office import Office
from exercises.two_offices.reader import group
from workshop.eventsourcing import EventSourcingError


def main(what: str, name: str, dsn: str) -> None:
    """Write or read, until the standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that started this one
    with closing(open_store(dsn)) as store:
        stop = threading.Event()
        threading.Thread(target=_wait_for_the_end, args=[stop], daemon=True).start()
        if what == "read":
            group(store, name).run(stop, interval=0.1, on_error=_tell)
        else:
            office = Office(name, store)
            office.work(stop)
            again = office.decided - office.saved
            sys.stdout.write(
                f"{name} saved {office.saved} changes, and decided again {again} times."
            )


def _wait_for_the_end(stop: threading.Event) -> None:
    # Not `sys.stdin.read()`: its lock would be in the way if the process ends by an error.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop.set()


def _tell(error: EventSourcingError) -> None:
    sys.stdout.write(f"{error}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
