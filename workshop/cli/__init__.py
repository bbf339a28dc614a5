"""The `workshop` command."""

from workshop.cli.command import main

__all__ = ["main"]
