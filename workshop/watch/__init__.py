"""`workshop watch`: on every save the step is checked, and one screen says what came of it."""

from .loop import KEYS, watch

__all__ = ["KEYS", "watch"]
