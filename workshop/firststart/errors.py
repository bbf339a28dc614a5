"""Why a set-up cannot be carried out."""

import os
from collections.abc import Sequence

__all__ = ["COMMAND", "NetworkError", "SetupError"]

COMMAND = "py -m workshop" if os.name == "nt" else "python3 -m workshop"


class SetupError(Exception):
    """The set-up cannot go on.

    Attributes:
        sentence: What is wrong, with the values.
        remedy: The command, or the deed, that mends it.
        last_lines: What the tool said last, for whoever has to look closer.
    """

    def __init__(self, sentence: str, *, remedy: str, last_lines: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy
        self.last_lines = tuple(last_lines)

    def told(self) -> str:
        """The whole message, as it is shown."""
        lines = [self.sentence, self.remedy]
        if self.last_lines:
            lines += ["", "What the tool said last:"]
            lines += [f"    {line}" for line in self.last_lines]
        return "\n".join(lines)


class NetworkError(SetupError):
    """The package index cannot be reached."""
