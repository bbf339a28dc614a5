"""Small pieces of sentences: counts, times, and sentences inside sentences."""

from datetime import datetime

__all__ = [
    "count",
    "duration",
    "inside_a_sentence",
    "local_time",
    "long_date",
    "with_full_stop",
    "without_full_stop",
]


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 test`, `2 tests`, `no tests`."""
    if number == 1:
        return f"1 {singular}"
    return f"{number or 'no'} {plural or singular + 's'}"


def inside_a_sentence(sentence: str) -> str:
    """The sentence with a small first letter, unless its first word is a name such as WIP."""
    first_word = sentence.partition(" ")[0]
    if first_word[1:] != first_word[1:].lower():
        return sentence
    return sentence[:1].lower() + sentence[1:]


def without_full_stop(sentence: str) -> str:
    """The sentence, ready for another full stop."""
    return sentence.strip().removesuffix(".")


def with_full_stop(sentence: str) -> str:
    """The sentence, ended as a sentence."""
    sentence = sentence.strip()
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def local_time(moment: datetime) -> str:
    """The time of day in this machine's zone."""
    return f"{moment.astimezone():%H:%M:%S}"


def long_date(moment: datetime) -> str:
    """The day in this machine's zone, and the zone's name."""
    local = moment.astimezone()
    return f"{local:%A} {local.day} {local:%B %Y} ({local.tzname()})"


def duration(seconds: float) -> str:
    """`14 s`, or `5 min 12 s`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
