"""What a worker process and its parent say to each other: one JSON object a line.

The parent sends a `Job`. The worker reads the test files and says that they are `Collected`. The
parent sends `Go`, at once or an hour later, and only then does the student's code run.
"""

from typing import TypeAlias

import msgspec

from workshop.course.runner import TestReport

__all__ = [
    "START_OF_TEST",
    "BrokenTests",
    "Collected",
    "Done",
    "Go",
    "Message",
    "Ran",
    "Running",
    "decode",
    "encode",
]

START_OF_TEST = b"\x1etest "
"""Precedes a test's id in the printed output, so that the parent can tell whose it is."""


class Go(msgspec.Struct, frozen=True):
    """Run the tests now, within so many seconds."""

    seconds: float


class Collected(msgspec.Struct, frozen=True, tag=True):
    """How many tests each file has, and whether reading them ran code of the student's."""

    counts: dict[str, int]
    stale: bool = False


class BrokenTests(msgspec.Struct, frozen=True, tag=True):
    """A test file cannot be read."""

    message: str


class Running(msgspec.Struct, frozen=True, tag=True):
    """A test has begun."""

    name: str


class Ran(msgspec.Struct, frozen=True, tag=True):
    """A test came to its end."""

    report: TestReport


class Done(msgspec.Struct, frozen=True, tag=True):
    """All tests came to their end, and this was replaced on the way."""

    replaced: tuple[str, ...]


Message: TypeAlias = Collected | BrokenTests | Running | Ran | Done

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def encode(message: Message) -> bytes:
    """The message as a line."""
    return _encoder.encode(message) + b"\n"


def decode(line: bytes) -> Message | None:
    """The message of a line; `None` if it is not one of ours."""
    try:
        return _decoder.decode(line)
    except msgspec.DecodeError:
        return None
