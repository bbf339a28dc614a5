"""Figures as tables of 80 columns: in colour in a terminal, plain elsewhere."""

from collections.abc import Sequence

from report import Figure, Report
from rich.console import Console
from rich.table import Table

__all__ = ["changes", "console", "figures"]

WIDTH = 80


def console() -> Console:
    """Where tables go: as wide as they are made, whatever the terminal is."""
    return Console(width=WIDTH, highlight=False)


def figures(title: str, found: Sequence[Figure]) -> Table:
    """What was reached, beside what, and what was hoped for."""
    table = _table(
        title, ("ours", 10), ("beside", 13), ("", 10), ("ratio", 6), ("goal", 6), ("", 5)
    )
    for figure in found:
        start = (_named(figure), _number(figure.value))
        for each in figure.comparisons:
            word = "[bold red]short[/]" if each.is_met is False else ""
            ratio = f"{each.ratio:.2f}"
            row = (*start, each.against, _number(each.value), ratio, each.goal or "", word)
            table.add_row(*row)
            start = ("", "")
    return table


def changes(then: Report, now: Report) -> Table:
    """What has changed since another run, for what both have measured."""
    columns = ("now", 10), ("then", 10), ("", 6), ("beside", 13), ("now", 6), ("then", 6)
    table = _table(f"Since {then.commit}", *columns)
    before = {(figure.benchmark, figure.name): figure for figure in then.figures}
    for figure in now.figures:
        if (old := before.get((figure.benchmark, figure.name))) is None:
            continue
        change = f"{figure.value / old.value - 1:+.0%}"
        start = (_named(figure), _number(figure.value), _number(old.value), change)
        ratios = {each.against: f"{each.ratio:.2f}" for each in old.comparisons}
        for each in figure.comparisons:
            table.add_row(*start, each.against, f"{each.ratio:.2f}", ratios.get(each.against))
            start = ("", "", "", "")
    return table


def _table(title: str, *columns: tuple[str, int]) -> Table:
    name_width = WIDTH - sum(width + 1 for _, width in columns)
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    table.add_column(title, width=name_width)
    for name, width in columns:
        table.add_column(name, width=width, justify="left" if name == "beside" else "right")
    return table


def _named(figure: Figure) -> str:
    return figure.name if figure.unit == "events/s" else f"{figure.name}, {figure.unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
