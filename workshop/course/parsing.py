"""Read and parse Python as Python does, one text at a time."""

import ast
import io
import threading
import tokenize
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

__all__ = ["check_syntax", "decode", "parse"]

_one_at_a_time = threading.Lock()


def parse(source: str | bytes) -> ast.Module:
    """Parse a module, in silence about its style.

    Raises:
        SyntaxError: Python cannot parse the source.
    """
    with _alone_and_quiet():
        return ast.parse(source)


@lru_cache(maxsize=64)  # of a package, a student saves one file at a time
def check_syntax(source: bytes) -> None:
    """Find what only the compiler sees, too, such as a `return` outside a function.

    Raises:
        SyntaxError: Python cannot compile the source.
    """
    with _alone_and_quiet():
        compile(source, "<student>", "exec", dont_inherit=True)


def decode(data: bytes) -> tuple[str, str]:
    """A source text with its line ends as they are, and the encoding that it declares.

    Raises:
        SyntaxError: The encoding is unknown.
        UnicodeDecodeError: The bytes are not in this encoding.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        data.decode()  # if this is what is wrong, it says where
        raise
    return data.decode(encoding), encoding


@contextmanager
def _alone_and_quiet() -> Iterator[None]:
    """CPython counts the depth of its parser's recursion for all threads together.

    Two threads that parse at once can fail with a `SystemError` (issue 106905).
    """
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
