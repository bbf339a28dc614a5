"""Decks: notebooks that become one HTML file each, and are looked at in a real browser."""

from .building import build_all, build_deck, is_current, open_deck, proofs
from .looking import look_at
from .printing import print_deck

__all__ = [
    "build_all",
    "build_deck",
    "is_current",
    "look_at",
    "open_deck",
    "print_deck",
    "proofs",
]
