"""The Python expressions that stand behind a magic's name, one or two on a line.

A space between two values begins the second: `%board board items`, `%board board [login]`. Python
itself would call the first with the second or look it up there; nobody writes that with a space.
"""

import io
import keyword
import tokenize
from collections.abc import Iterator
from itertools import pairwise

from workshop.course.errors import CourseError
from workshop.views.pictures import CannotDrawError, failure, words

__all__ = ["evaluate", "expressions"]

_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_ENDS_LINE = (tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER, tokenize.COMMENT)


def expressions(name: str, line: str, most: int) -> list[str]:
    """The expressions on the line of a magic, from one to `most`.

    Raises:
        CourseError: There are none, or too many.
    """
    parts = _parts(line.strip())
    if parts == [""]:
        raise CourseError(f"%{name} needs something to draw, such as `%{name} {_EXAMPLES[name]}`.")
    if len(parts) > most:
        raise CourseError(
            f"%{name} takes {'one expression' if most == 1 else 'at most two expressions'} and got "
            f"{len(parts)}: write an operator or a comma between values that belong together."
        )
    return parts


_EXAMPLES = {"board": "board", "timeline": "board.pending", "timemachine": "boards"}


def _parts(line: str) -> list[str]:
    cuts = [0, *_beginnings(line), len(line)]
    return [line[start:end].strip() for start, end in pairwise(cuts)]


def _beginnings(line: str) -> Iterator[int]:
    """Where, outside all brackets, a value follows a value; nowhere in what is no Python."""
    depth, before = 0, None
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(line).readline))
    except (SyntaxError, tokenize.TokenError):
        return
    for token in tokens:
        if token.type in _ENDS_LINE:
            return
        if depth == 0 and before and _ends_value(before) and _begins_value(token, before):
            yield token.start[1]
        depth += (token.string in _OPENING) - (token.string in _CLOSING)
        before = token


def _ends_value(token: tokenize.TokenInfo) -> bool:
    return _is_word(token) or token.string in _CLOSING


def _begins_value(token: tokenize.TokenInfo, before: tokenize.TokenInfo) -> bool:
    return _is_word(token) or (token.string in _OPENING and token.start > before.end)


def _is_word(token: tokenize.TokenInfo) -> bool:
    is_name = token.type == tokenize.NAME
    return token.type in (tokenize.NUMBER, tokenize.STRING) or (
        is_name and not keyword.iskeyword(token.string)
    )


def evaluate(expression: str, namespace: dict[str, object]) -> object:
    """The value of an expression among the notebook's names.

    Raises:
        CannotDrawError: It is no expression, or it raises something.
    """
    said = words(expression, 80)
    try:
        code = compile(expression, "<the line of the magic>", "eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        reason = words(error.msg if isinstance(error, SyntaxError) else error, 120)
        raise CannotDrawError(
            f"`{said}` is no Python expression ({reason}); write a name such as `board`, or an "
            "expression that gives what is drawn."
        ) from error
    try:
        return eval(code, namespace)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise CannotDrawError(
            f"{failure(f'`{said}`', error)}; run it in a cell of its own to see where."
        ) from error
