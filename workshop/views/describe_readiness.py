"""The page that an instructor reads the night before."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from workshop.course.results import Finding, ReadinessResult

from .describe_course import describe_course
from .document import Block, Footnote, Headline, Judged, Labelled, NextAction, Paragraph, Verbatim
from .harmless import last_lines
from .words import count, duration

__all__ = ["describe_readiness"]

_NAMED = 3  # what failed, in the headline; the rest is a number

_FRESH = (
    "Rehearse in a fresh clone. If all is well there, a file of this one was changed: "
    "`git status` names it."
)


def describe_readiness(result: ReadinessResult) -> tuple[Block, ...]:
    """The verdict, what it rests on, what is not known, what failed, and what to do now."""
    return (
        _headline(result),
        Paragraph("**This machine**"),
        *(Labelled(fact.name, fact.detail.partition("\n")[0]) for fact in result.machine),
        Paragraph("**A student's first start**"),
        Paragraph(result.start.detail.partition("\n")[0]),
        Paragraph("**The course**"),
        *describe_course(result.rehearsal.findings, result.steps),
        *_not_proven(finding for finding in result.findings if not finding.proven),
        *_failed(finding for finding in result.findings if not finding.ok),
        Footnote(_took(result)),
        *map(NextAction, result.next_actions),
    )


def _headline(result: ReadinessResult) -> Headline:
    failed = [finding.name for finding in result.findings if not finding.ok]
    if failed:
        more = [f"{len(failed) - _NAMED} more"] if len(failed) > _NAMED else []
        listed = ", ".join((*failed[:_NAMED], *more))
        return Headline("bad", f"This machine is not ready for the workshop: {listed} failed.")
    if all(finding.proven for finding in result.findings):
        return Headline("good", "This machine is ready for the workshop.")
    text = "This machine is ready for the workshop, as far as it can be known here."
    return Headline("open", text)


def _not_proven(findings: Iterable[Finding]) -> Iterator[Block]:
    """What is not known, each reason once."""
    for (why, remedy), alike in groupby(findings, lambda found: (found.detail, found.remedy)):
        names = [found.name for found in alike]
        others = f" ({count(len(names), 'proof')})" if len(names) > 1 else ""
        what = names[0] if len(names) == 1 else ""
        yield Judged("open", "not proven", f"{what}: {why}" if what else f"{why}{others}")
        if remedy:
            yield Labelled("What helps", remedy)


def _failed(findings: Iterable[Finding]) -> Iterator[Block]:
    for finding in findings:
        first, _, rest = finding.detail.partition("\n")
        yield Judged("bad", "failed", f"{finding.name}: {first}")
        if rest.strip():
            yield Verbatim("It said last", last_lines(rest, limit=8))
        yield Labelled("What helps", finding.remedy or _FRESH)


def _took(result: ReadinessResult) -> str:
    proofs = count(len(result.rehearsal.findings), "proof")
    took = duration(result.rehearsal.seconds)
    return f"All of it took {duration(result.seconds)}, of which {proofs} took {took}."
