"""The verdict on a step, and what helps to go on."""

from typing import assert_never

from workshop.course.results import (
    CheckResult,
    Crashed,
    EarlierStepBroke,
    Failed,
    ImportProblem,
    Mistake,
    NotStarted,
    Passed,
    SoFarRight,
    SyntaxProblem,
    TimedOut,
)

from .describe_failure import describe_failure, excerpt
from .document import (
    Block,
    Caution,
    Footnote,
    Headline,
    Labelled,
    Listing,
    NextAction,
    Paragraph,
    Tone,
    Verbatim,
)
from .harmless import first_lines
from .plain_words import in_plain_words
from .prose import one_paragraph
from .words import count, inside_a_sentence, local_time, with_full_stop, without_full_stop

__all__ = ["describe_check"]


def describe_check(result: CheckResult) -> tuple[Block, ...]:
    """The verdict first, the next action last."""
    return (
        _headline(result),
        *_clues(result),
        *_details(result),
        *map(Caution, result.warnings),
        _provenance(result),
        NextAction(result.next_action),
    )


def _headline(result: CheckResult) -> Headline:
    step = f"Step {result.step.number}"
    tone: Tone = "bad"
    match result.verdict:
        case Passed(tests=tests):
            passes = "passes its test" if tests == 1 else f"passes all {tests} of its tests"
            tone, text = "good", f"Well done: {step.lower()} {passes}."
        case NotStarted():
            tone, text = "open", f"{step} is not started yet: it waits for your first lines."
        case SoFarRight(passed=0):
            waiting = f"the tests of {step.lower()} wait for what is still blank"
            tone, text = "active", f"Nothing is wrong so far: {waiting}."
        case SoFarRight(passed=passed, tests=tests):
            verb = "passes" if passed == 1 else "pass"
            so_far = f"{passed} of {tests} tests of {step.lower()} {verb}"
            tone, text = "active", f"So far right: {so_far}."
        case Failed(failure=failure):
            should = without_full_stop(inside_a_sentence(failure.sentence))
            text = f"{step} is not right yet: it should be true that {should}."
        case EarlierStepBroke(earlier=earlier):
            text = f"{step} has to wait, because step {earlier.number} does not pass."
        case SyntaxProblem(location=at):
            text = f"{step} was not tested, because Python cannot read line {at.line} of {at.file}."
        case ImportProblem():
            text = f"{step} was not tested, because your code cannot be imported."
        case TimedOut(seconds=seconds):
            text = f"{step}'s tests did not finish within {seconds:g} s."
        case Crashed(explanation=explanation):
            why = without_full_stop(inside_a_sentence(one_paragraph(explanation)))
            text = f"There is no verdict on {step.lower()}: {why}."
        case _:
            assert_never(result.verdict)
    return Headline(tone, text)


def _details(result: CheckResult) -> tuple[Block, ...]:
    match result.verdict:
        case Passed():
            return ()
        case NotStarted(blanks=blanks):
            return (Listing("To write", blanks),)
        case SoFarRight(blanks=blanks):
            return (Listing("Still to write", blanks),)
        case Failed(failure=failure, others=others, waiting=waiting):
            return (*describe_failure(failure), *_others(others, waiting))
        case EarlierStepBroke(earlier=earlier, failure=failure):
            broken = without_full_stop(inside_a_sentence(failure.sentence))
            text = f"Step {earlier.number} asks that {broken}."
            return (Paragraph(text), *describe_failure(failure))
        case SyntaxProblem(location=location, message=message):
            plain = in_plain_words(message)
            meaning = (Labelled("That means", plain),) if plain else ()
            return (excerpt("Your line", location), _python_says(message), *meaning)
        case ImportProblem(message=message, location=location):
            line = (excerpt("Your line", location),) if location else ()
            return (_python_says(message), *line)
        case TimedOut(sentence=sentence, location=location):
            line = (excerpt("Your code was at", location),) if location else ()
            return (*line, *_during(sentence))
        case Crashed(remedy=remedy, sentence=sentence):
            told = remedy in result.next_action
            helps = () if told else (Labelled("What helps", with_full_stop(remedy)),)
            return (*_during(sentence), *helps)
        case _:
            assert_never(result.verdict)


def _clues(result: CheckResult) -> tuple[Block, ...]:
    mistake = result.mistake
    if mistake is not None:
        return (
            Labelled(_how_sure(mistake), one_paragraph(mistake.sentence)),
            Labelled("Ask yourself", one_paragraph(mistake.question)),
        )
    if result.look_at is not None:
        text = f"`{result.look_at}`. The known mistakes that fail most like this are made there."
        return (Labelled("Perhaps look first at", text),)
    return ()


def _how_sure(mistake: Mistake) -> str:
    """How much a student should believe the sentence that follows."""
    if mistake.certain:
        return "Likely mistake"
    return "Perhaps" if mistake.alone else "Perhaps one of two mistakes"


def _others(others: int, waiting: int) -> tuple[Block, ...]:
    said = []
    if others:
        verb = "fails" if others == 1 else "fail"
        said.append(f"{count(others, 'more test')} of this step {verb} too; begin with this one.")
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        said.append(f"{count(waiting, 'test')} {verb} for what is still blank.")
    return (Paragraph(" ".join(said)),) if said else ()


def _python_says(message: str) -> Block:
    return Verbatim("Python says", first_lines(message))


def _during(sentence: str | None) -> tuple[Block, ...]:
    return (Labelled("During the test", sentence),) if sentence else ()


def _provenance(result: CheckResult) -> Footnote:
    saved = f" as saved at {local_time(result.saved_at)}" if result.saved_at else ""
    return Footnote(
        f"Checked in {result.seconds:.1f} s: your files{saved}, version {result.digest[:8]}."
    )
