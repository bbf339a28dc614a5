"""Waiting for news: NOTIFY is a hint that may be lost, looking is the truth."""

import time
from collections.abc import Callable
from contextlib import suppress

import psycopg

from ..errors import StoreError
from .session import Session

__all__ = ["wait"]

_LOOK = 0.5  # seconds between two looks, and the longest that closing the store has to wait


def wait(session: Session, channel: str, is_there: Callable[[], bool], timeout: float) -> bool:
    """Look whether it is there, again with each hint on the channel, for so many seconds."""
    deadline = time.monotonic() + timeout
    listening: psycopg.Connection | None = None
    while True:
        with session.lock:
            if session.depth:
                raise StoreError("inside a transaction no news arrives; wait outside of it")
            if session.attempt(session.connect) is not listening:  # the first, or a new one
                session.execute(f"LISTEN {channel}".encode())
                listening = session.connect()
            if is_there():
                return True
            if (left := deadline - time.monotonic()) <= 0:
                return False
            with suppress(psycopg.Error):  # a lost connection is found out by the next look
                list(listening.notifies(timeout=min(left, _LOOK), stop_after=1))
