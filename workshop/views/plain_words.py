"""Python's messages about syntax that say little to those who have not met them before."""

__all__ = ["in_plain_words"]

_MEANINGS = {
    "invalid syntax": "the line does not follow Python's grammar; the slip may also be at the end "
    "of the line before it.",
    "unexpected indent": "the line begins further right than the lines it belongs to.",
    "unindent does not match": "the line begins at a column where no block above it begins.",
    "expected an indented block": "the line before it ends in a colon, so this one has to begin "
    "further right.",
    "inconsistent use of tabs": "some lines are indented by tabs and others by spaces; use "
    "spaces only.",
    "unterminated": "a text is opened by a quotation mark and never closed.",
    "invalid non-printable character": "there is a character that you cannot see, as copied text "
    "often has; delete the line and type it again.",
    "invalid character": "there is a character that looks like one of Python's but is another, "
    "such as a curly quotation mark; type it again.",
    "source code": "the file holds a null byte, which no editor writes on purpose; delete that "
    "line and type it again.",
    "(unicode error)": "the file is not saved as UTF-8; save it again as UTF-8.",
}


def in_plain_words(message: str) -> str | None:
    """What the message means, where that is not plain."""
    for beginning, meaning in _MEANINGS.items():
        if message.startswith(beginning):
            return meaning
    return None
