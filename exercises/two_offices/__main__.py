"""An office or a reader, as a process of its own.

    python -m exercises.two_offices write north DSN
    python -m exercises.two_offices read reader-1 DSN

A line on its standard input tells it to end what it is at, and to stop. If its input ends instead,
the program that started it is gone, and so is this one: at once, as if it was killed.
"""

import os
import signal
import sys
import threading
from contextlib import closing

from exercises.two_offices.boards import open_store
from exercises.two_offices.failures import sentence_of
from exercises.two_offices.office import Office
from exercises.two_offices.reader import group
from workshop.eventsourcing import EventSourcingError, StoreError
from workshop.eventsourcing.postgres import PostgresEventStore


def main(what: str, name: str, dsn: str) -> None:
    """Write or read, until told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that started this one
    try:
        with closing(open_store(dsn)) as store:
            stop = threading.Event()
            threading.Thread(target=_listen, args=[stop], daemon=True).start()
            (_read if what == "read" else _write)(name, store, stop)
    except Exception as error:  # whatever is wrong in a class of the student's
        sys.exit(sentence_of(error))


def _read(name: str, store: PostgresEventStore, stop: threading.Event) -> None:
    group(store, name).run(stop, interval=0.1, on_error=_go_on_or_end)


def _write(name: str, store: PostgresEventStore, stop: threading.Event) -> None:
    office = Office(name, store)
    office.work(stop)
    again = office.decided - office.saved
    sys.stdout.write(f"{name} saved {office.saved} changes, and decided again {again} times.")


def _listen(stop: threading.Event) -> None:
    # Not `sys.stdin.readline()`: its lock would be in the way if the process ends by an error.
    if os.read(sys.stdin.fileno(), 1024):
        stop.set()
    else:
        os._exit(1)  # it may be waiting for a server that is gone as well


def _go_on_or_end(error: EventSourcingError) -> None:
    """A server that is away comes back; an event that cannot be read would wait for ever."""
    if not isinstance(error, StoreError):
        raise error


if __name__ == "__main__":
    main(*sys.argv[1:])
