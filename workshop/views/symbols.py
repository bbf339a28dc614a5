"""The signs that repeat what the words say, for screens that have them and screens that do not."""

from dataclasses import astuple, dataclass

from .document import Tone

__all__ = ["ASCII", "UNICODE", "Symbols", "encodable", "symbols_for"]


@dataclass(frozen=True, slots=True)
class Symbols:
    """One sign for each tone, and those for a warning and for what comes next."""

    good: str
    bad: str
    active: str
    open: str
    neutral: str
    caution: str
    next: str

    def of(self, tone: Tone) -> str:
        """The tone's sign."""
        sign: str = getattr(self, tone)
        return sign


UNICODE = Symbols(good="✓", bad="✗", active="●", open="○", neutral="•", caution="▲", next="→")
ASCII = Symbols(good="+", bad="!", active=">", open="-", neutral="*", caution="!", next=">")


def symbols_for(encoding: str) -> Symbols:
    """The Unicode signs if the encoding has them all, else ASCII."""
    signs = "".join(astuple(UNICODE))
    return UNICODE if encodable(signs, encoding) == signs else ASCII


def encodable(text: str, encoding: str) -> str:
    r"""The text with `\u2713` and its like where the encoding lacks a character."""
    try:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:
        return text.encode("ascii", "backslashreplace").decode("ascii")
