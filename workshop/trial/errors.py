"""Why a first start that was tried did not work."""

from workshop.firststart.errors import SetupError

__all__ = ["FirstStartError"]


class FirstStartError(SetupError):
    """The first start that was tried did not end in a page; `last_lines` are what it said last."""
