"""Parse Python, one text at a time."""

import ast
import threading
import warnings

__all__ = ["parse"]

_one_at_a_time = threading.Lock()


def parse(source: str | bytes) -> ast.Module:
    """Parse a module, in silence about its style.

    CPython counts the depth of its parser's recursion for all threads together (issue 106905), so
    that two threads that parse at once can fail with a `SystemError`.

    Raises:
        SyntaxError: Python cannot parse the source.
    """
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)
