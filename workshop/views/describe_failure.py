"""One failing test, in the order in which a student looks for the cause."""

from workshop.course.results import Location, TestFailure

from .describe_comparison import describe_comparison
from .document import Block, Excerpt, Verbatim
from .harmless import first_lines, last_lines

__all__ = ["describe_failure", "excerpt"]


_COMPARED = ("AssertionError", "Failed")
"""The errors of `assert` and of `pytest.raises`; expected and got say what they compared."""


def describe_failure(failure: TestFailure) -> tuple[Block, ...]:
    """Expected and got, the error, the student's line, the test's line, what was printed."""
    blocks = list(describe_comparison(failure.expected, failure.got))
    if failure.error not in _COMPARED or not blocks:
        blocks.append(Verbatim("Error", first_lines(_error(failure))))
    elif in_words := _said_besides(failure):
        blocks.append(Verbatim("The test says", first_lines(in_words)))
    if failure.location is not None:
        blocks.append(excerpt("Your line", failure.location))
    if failure.test_location is not None:
        blocks.append(excerpt("The test", failure.test_location))
    if failure.printed.strip():
        blocks.append(Verbatim("You printed", last_lines(failure.printed)))
    return tuple(blocks)


def _said_besides(failure: TestFailure) -> str:
    """What the author of the test wrote behind the comparison, if its line does not show it."""
    compares = failure.error != "AssertionError" or failure.message.startswith("assert ")
    shown = failure.test_location.text if failure.test_location else ""
    return "" if compares or failure.message in shown else failure.message


def _error(failure: TestFailure) -> str:
    return f"{failure.error}: {failure.message}" if failure.message else failure.error


def excerpt(label: str, location: Location) -> Excerpt:
    """The line itself, without its indentation, which says nothing when it stands alone."""
    text = first_lines(location.text.strip(), limit=1)
    return Excerpt(label, location.file, location.line, text)
