"""Drawing how many events wait, and who has which partition, over time."""

import io
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["drawn"]

# Light, middle and dark, so that greys or any eyes tell them apart; wide bars have a name as well.
COLOURS, INKS = ("#a8d8ea", "#e58e26", "#1d4e89"), ("#1f2328", "#1f2328", "#ffffff")
NOBODY, GREY = "#b3261e", "#57606a"


def drawn(
    seconds: Sequence[float],
    lags: Sequence[int],
    owners: Sequence[Sequence[str | None]],
    *,
    marks: Sequence[tuple[float, str]],
    gaps: Sequence[tuple[float, float]],
) -> str:
    """Draw it as an image in HTML, with a text that says the same.

    Args:
        seconds: When each look was.
        lags: How many events waited.
        owners: Who had each partition.
        marks: What happened meanwhile, and when; the drawing begins with the first.
        gaps: From when until when there was nothing to see.
    """
    begin = marks[0][0] if marks else 0.0
    first = sum(moment < begin for moment in seconds)
    drawing = _Drawing(
        [moment - begin for moment in seconds[first:]],
        [(moment - begin, words) for moment, words in marks],
        [(one - begin, other - begin) for one, other in gaps],
    )
    picture = b64encode(drawing.svg(lags[first:], owners[first:]).encode()).decode()
    text = escape(drawing.in_words(lags[first:]))
    return (
        f'<img alt="{text}" src="data:image/svg+xml;base64,{picture}" '
        'style="max-width: 100%; background-color: #ffffff">'
    )


class _Drawing:
    def __init__(
        self,
        seconds: Sequence[float],
        marks: Sequence[tuple[float, str]],
        gaps: Sequence[tuple[float, float]],
    ) -> None:
        self._seconds, self._marks, self._gaps = seconds, marks, gaps

    def in_words(self, lags: Sequence[int]) -> str:
        text = "How many events wait, over time."
        ends = [*(moment for moment, _ in self._marks[1:]), float("inf")]
        seen = list(zip(self._seconds, lags, strict=True))
        for (begin, words), end in zip(self._marks, ends, strict=True):
            most = max((lag for moment, lag in seen if begin <= moment < end), default=0)
            text += f" After {' '.join(words.split())}, at {begin:.0f} seconds: at most {most}."
        return f"{text} In the end: {lags[-1] if lags else 0}."

    def svg(self, lags: Sequence[int], owners: Sequence[Sequence[str | None]]) -> str:
        style = {"svg.fonttype": "none", "svg.hashsalt": "two offices", "font.size": 9}
        with mpl.rc_context({**mpl.rcParamsDefault, **style}):
            figure = Figure(figsize=(6.8, 4.4), layout="constrained")
            above, below = figure.subplots(2, sharex=True, height_ratios=[3, 2])
            self._draw_lags(above, lags)
            self._draw_owners(below, owners)
            for axes in above, below:
                axes.spines[["top", "right"]].set_visible(False)
                for moment, _ in self._marks:
                    axes.axvline(moment, color=GREY, linestyle="--", linewidth=1, zorder=0)
                for begin, end in self._gaps:
                    axes.axvspan(begin, end, facecolor="none", edgecolor=GREY, hatch="////")
            for moment, words in self._marks:
                place = above.get_xaxis_transform()
                above.text(moment, 1.03, words, transform=place, fontsize=8)
            file = io.StringIO()
            figure.savefig(file, format="svg", metadata={"Date": None})
        return file.getvalue()

    def _draw_lags(self, axes: Axes, lags: Sequence[int]) -> None:
        for part in self._parts():
            x, y = self._seconds[part], lags[part]
            axes.plot(x, y, color="#1d4e89", linewidth=1.8)
            axes.fill_between(x, y, color="#1d4e89", alpha=0.15)
        axes.set_ylim(bottom=0)
        axes.set_ylabel("lag: events that wait")

    def _draw_owners(self, axes: Axes, owners: Sequence[Sequence[str | None]]) -> None:
        names = sorted({owner for frame in owners for owner in frame if owner})
        partitions = range(len(owners[0]) if owners else 0)
        for number in partitions:
            for begin, end, owner in self._spans([frame[number] for frame in owners]):
                kind = names.index(owner) % len(COLOURS) if owner else 0
                colour = COLOURS[kind] if owner else NOBODY
                axes.broken_barh([(begin, end - begin)], (number - 0.4, 0.8), color=colour)
                if owner and end - begin > self._seconds[-1] / 11:
                    middle, ink = (begin + end) / 2, INKS[kind]
                    axes.text(
                        middle, number, owner, color=ink, fontsize=7.5, ha="center", va="center"
                    )
        axes.set_yticks(partitions)
        axes.invert_yaxis()
        axes.set_ylabel("partition")
        axes.set_xlabel("seconds")

    def _parts(self) -> Iterator[slice]:
        """The stretches between the gaps."""
        begin = 0
        for _, end in [*self._gaps, (0.0, float("inf"))]:
            after = sum(moment < end for moment in self._seconds)
            yield slice(begin, after)
            begin = after

    def _spans(self, owners: Sequence[str | None]) -> Iterator[tuple[float, float, str | None]]:
        """From when until when a partition had the same owner."""
        for part in self._parts():
            numbers = range(*part.indices(len(owners)))
            for owner, group in groupby(numbers, key=lambda n: owners[n]):
                one, *more = group
                last = (more or [one])[-1]
                yield self._seconds[one], self._seconds[min(last + 1, part.stop - 1)], owner
