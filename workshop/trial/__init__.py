"""A student's first start, tried: the clone as they get it, the command of the README, a page.

What a first start is made of is in `workshop.firststart`; this looks at it from outside.
"""

from .errors import FirstStartError
from .first_start import try_first_start
from .words import told

__all__ = ["FirstStartError", "told", "try_first_start"]
