"""Results of the course as rich text, plain text, HTML and JSON.

Each rendering is imported when it is first asked for: a notebook needs no rich, `--json` no HTML.
"""

from typing import TYPE_CHECKING

from .describe import Problem, Shown

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Problem", "Shown", "render_html", "render_json", "render_plain", "render_rich"]


def render_rich(result: Shown) -> "RenderableType":
    """What `rich.console.Console.print` shows in colour, at the console's width and encoding."""
    from .as_rich import RichDocument

    return RichDocument(result)


def render_plain(result: Shown, width: int = 80, encoding: str = "utf-8") -> str:
    r"""Text without colour or boxes; only a word that is longer than `width` passes it.

    What `encoding` cannot carry is written as `\u2713` and its like.
    """
    from .as_plain import as_plain

    return as_plain(result, width, encoding)


def render_html(result: Shown) -> str:
    """A `div` with inline styles only, legible on light and on dark pages."""
    from .as_html import as_html

    return as_html(result)


def render_json(result: Shown) -> str:
    """The result as data, in the shape that `workshop.views.as_json` describes."""
    from .as_json import as_json

    return as_json(result)
