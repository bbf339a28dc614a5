"""What the doctor, the rehearsal and a look at the slides found."""

from workshop.course.results import DoctorResult, Finding, RehearsalResult, SlidesResult

from .document import Block, Headline, Judged, Labelled
from .words import count

__all__ = ["describe_doctor", "describe_rehearsal", "describe_slides"]


def describe_doctor(result: DoctorResult) -> tuple[Block, ...]:
    """How this machine and workspace are."""
    total, failed = len(result.findings), _failed(result.findings)
    if result.ok:
        headline = Headline("good", f"This machine is ready: {count(total, 'thing')} looked at.")
    else:
        verb = "needs" if failed == 1 else "need"
        text = f"{failed} of {count(total, 'thing')} looked at {verb} mending before you start."
        headline = Headline("bad", text)
    return (headline, *_judged(result.findings))


def describe_rehearsal(result: RehearsalResult) -> tuple[Block, ...]:
    """What was proven of the course."""
    total, failed = count(len(result.findings), "proof"), _failed(result.findings)
    took = f"in {result.seconds:.0f} s"
    if result.ok and result.unproven:
        were = "was" if len(result.unproven) == 1 else "were"
        text = f"{len(result.unproven)} of {total} {were} not made here, {took}"
        headline = Headline("open", f"The course is ready to be taught, as far as known: {text}.")
    elif result.ok:
        headline = Headline("good", f"The course is ready to be taught: {total}, {took}.")
    else:
        headline = Headline("bad", f"The course is not ready: {failed} of {total} failed, {took}.")
    return (headline, *_judged(result.findings))


def describe_slides(result: SlidesResult) -> tuple[Block, ...]:
    """How the decks look, on every screen."""
    total, failed = len(result.findings), _failed(result.findings)
    if result.ok:
        text = f"{count(total, 'deck')} looked at: every slide fits, and can be read."
        headline = Headline("good", text)
    else:
        verb = "needs" if failed == 1 else "need"
        headline = Headline("bad", f"{failed} of {count(total, 'deck')} {verb} mending.")
    return (headline, *_judged(result.findings))


def _failed(findings: tuple[Finding, ...]) -> int:
    return sum(not finding.ok for finding in findings)


def _judged(findings: tuple[Finding, ...]) -> list[Block]:
    """What holds first, then what is not known, and last what failed, with its remedy.

    A terminal shows the end.
    """
    blocks: list[Block] = []
    for finding in sorted(findings, key=lambda finding: (not finding.ok, not finding.proven)):
        took = f" ({finding.seconds:.1f} s)" if finding.seconds >= 0.05 else ""
        text = f"{finding.name}: {finding.detail}{took}" if finding.detail else finding.name + took
        if not finding.proven:
            blocks.append(Judged("open", "not proven", text))
        elif finding.ok:
            blocks.append(Judged("good", "ok", text))
        else:
            blocks.append(Judged("bad", "failed", text))
        if not finding.ok and finding.remedy:
            blocks.append(Labelled("What helps", finding.remedy))
    return blocks
