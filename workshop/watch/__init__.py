"""`workshop watch`: on every save the step is checked, and one screen says what came of it."""

from .loop import watch

__all__ = ["watch"]
