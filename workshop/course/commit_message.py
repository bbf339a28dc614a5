"""What a commit of a solution branch says about its step."""

import re
from collections.abc import Iterator
from textwrap import wrap

from workshop.course.manifest import Step

__all__ = ["message_of"]

WIDTH = 72  # git indents a message by four, and leaves four at the right

_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=- )")
_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


def message_of(step: Step) -> str:
    """The step's title, what it teaches, and why our solution is as it is."""
    learns = f"What you learn: {step.learns.rstrip('.')}."
    which = "Extra step" if step.stretch else "Step"
    paragraphs = [f"{which} {step.number}: {step.title}", _filled(learns), *_reason(step.why)]
    return "\n\n".join(paragraphs) + "\n"


def _reason(why: str) -> Iterator[str]:
    for index, piece in enumerate(_FENCED.split(why)):
        if index % 2:
            yield piece
        else:
            yield from (_filled(text) for text in _PARAGRAPH.split(piece) if text.strip())


def _filled(text: str) -> str:
    hanging = "  " if text.startswith("- ") else ""
    lines = wrap(
        text, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines)
