"""Event-Sourced Domain Models in Python: the workshop."""

from typing import Any


def load_ipython_extension(ipython: Any) -> None:
    """Let `%load_ext workshop` give a notebook its magics; IPython calls this.

    The magics are imported only here: a Python that is too old must be able to import this
    package in order to be told so.
    """
    from workshop.notebook import load_ipython_extension as load

    load(ipython)
