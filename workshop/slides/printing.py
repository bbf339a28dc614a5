"""A deck as a handout: a PDF with one slide a page."""

from pathlib import Path

from .browser import a_browser, opened
from .building import up_to_date

__all__ = ["print_deck"]


def print_deck(notebook: Path, route: str = "full") -> Path:
    """Print a deck into a PDF file beside its HTML file, on light paper.

    Raises:
        CourseError: The deck cannot be built, or there is no browser on this machine.
    """
    html = up_to_date(notebook, route)
    target = html.with_suffix(".pdf")
    with (
        a_browser() as browser,
        opened(browser, f"{html.as_uri()}?print-pdf&theme=light") as (page, _),
    ):
        page.wait_for_selector(".pdf-page")
        page.pdf(path=target, prefer_css_page_size=True, print_background=True)
    return target
