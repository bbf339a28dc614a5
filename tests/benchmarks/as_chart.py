"""The ratios of a run as a picture: an SVG that can be read on light ground and on dark."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.ticker import LogLocator, NullLocator
from report import Comparison, Figure, Report

__all__ = ["draw"]

# Of a middle lightness: each has a contrast of more than 3 on white and on near-black.
INK, MET, SHORT, GOAL = "#7d7d7d", "#2f81c7", "#c8631b", "#7d7d7d"
STYLE: Any = {  # RcParams names each of its keys in its type
    "svg.hashsalt": "workshop bench",  # with the date left out, the same figures give the same file
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    **dict.fromkeys(("text.color", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
    "axes.edgecolor": INK,
}
ROW, HEAD = 0.22, 0.75  # inches


PEER = ("peer", "mapper")


class Panel(NamedTuple):
    """Comparisons of one kind, on one scale."""

    title: str
    belongs: Callable[[Comparison], bool]
    scale: str


PANELS = (
    Panel("share of the raw limit", lambda each: each.against.startswith("raw"), "linear"),
    Panel("times the peer", lambda each: each.against.startswith(PEER), "log"),
    Panel(
        "cost beside a short history",
        lambda each: each.goal is not None and each.goal.startswith("≤"),
        "linear",
    ),
    Panel("times fewer members", lambda each: "member" in each.against, "linear"),
)


class Dot(NamedTuple):
    """A ratio with its name."""

    name: str
    comparison: Comparison


def draw(report: Report, path: Path) -> None:
    """Write the picture; a filled dot has met its goal, or has none, and a hollow one has not."""
    panels = [(panel, dots) for panel in PANELS if (dots := _dots(panel, report.figures))]
    heights = [HEAD + ROW * len(dots) for _, dots in panels]
    with mpl.rc_context(STYLE):
        picture = Picture(figsize=(7.5, sum(heights)), layout="constrained")
        shapes = picture.subplots(len(panels), squeeze=False, height_ratios=heights)
        for (panel, dots), axes in zip(panels, shapes[:, 0], strict=True):
            _panel(axes, panel, dots)
        metadata = {"Date": None, "Title": f"Benchmarks at {report.commit}"}
        picture.savefig(path, format="svg", transparent=True, metadata=metadata)


def _dots(panel: Panel, figures: Sequence[Figure]) -> list[Dot]:
    return [
        Dot(f"{figure.benchmark}: {figure.name}" + _which(each.against), each)
        for figure in figures
        for each in figure.comparisons
        if panel.belongs(each)
    ]


def _which(side: str) -> str:
    """Say which it is, where there are several of its kind."""
    return "" if side in ("raw", "peer") else f" / {side}"


def _panel(axes: Axes, panel: Panel, dots: Sequence[Dot]) -> None:
    axes.set_title(f"{panel.title}  ( | goal)", loc="left")
    axes.set_xscale(panel.scale)
    beside = axes.get_yaxis_transform()  # across the panel, and along the rows
    for row, (_, comparison) in enumerate(dots):
        ratio = comparison.ratio
        if comparison.is_met is False:
            axes.plot(ratio, row, "D", color=SHORT, mfc="none")
        else:
            axes.plot(ratio, row, "o", color=MET)
        axes.text(1.07, row, f"{ratio:.2f}", ha="right", va="center", transform=beside)
        if comparison.goal:
            axes.plot(float(comparison.goal.split()[1]), row, "|", color=GOAL, ms=12, mew=2)
    axes.set_yticks(range(len(dots)), [name for name, _ in dots])
    axes.set_ylim(len(dots) - 0.4, -0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=INK, alpha=0.25)
    if panel.scale == "linear":
        axes.set_xlim(0, axes.get_xlim()[1])
    else:
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_locator(NullLocator())
