"""Decks as the audience, the speaker and the printer see them, in a real Chromium."""

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from workshop.slides import build_all, build_deck
from workshop.slides.browser import READY

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
OPENING = ROOT / "slides" / "00_opening.ipynb"
PATIENCE = 120_000  # milliseconds, for what a quick machine shows at once


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_deck(OPENING, tmp_path_factory.mktemp("built decks") / "00_opening.html")


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a deck: `show(file, width=…, height=…, query=…)`; it asks for nothing but itself."""
    contexts = []
    asked: set[str] = set()
    shown: set[str] = {"about:blank"}

    def opened(
        file: Path, width: int = 1280, height: int = 720, query: str = "", **more: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("request", lambda request: asked.add(re.split(r"[?#]", request.url)[0]))
        shown.add(file.as_uri())
        page = context.new_page()
        page.goto(file.as_uri() + query)
        page.wait_for_function(READY)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert asked <= shown


def test_the_letters_are_large_enough_for_the_back_row(show: Callable[..., Page]) -> None:
    sizes = """() => [...Reveal.getCurrentSlide().querySelectorAll(".content *")]
        .filter(element => !element.closest("title, desc") &&
            [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
        .map(element => [element.textContent.trim(), parseFloat(getComputedStyle(element).fontSize)
            * (element.getScreenCTM ? element.getScreenCTM().a : 1)])"""
    small = []
    for html in build_all(ROOT):
        page = show(html)
        for index in range(page.evaluate("Reveal.getTotalSlides()")):
            page.evaluate("index => Reveal.slide(index)", index)
            found = page.evaluate(sizes)
            small += [(html.stem, index + 1, *words) for words in found if words[1] < 20]
    assert small == []


# In the room


def test_the_theme_follows_the_system_until_t_is_pressed(
    show: Callable[..., Page], built: Path
) -> None:
    page = show(built, color_scheme="dark")
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "dark"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{theme} === 'light'")
    page.keyboard.press("t")
    page.wait_for_function(f"{theme} === 'dark'")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.hash === '#/1'")
    page.reload()
    page.wait_for_function(READY)
    assert page.evaluate(theme) == "dark"
    assert page.evaluate("Reveal.getSlidePastCount()") == 1


@pytest.mark.parametrize("key", ["ArrowRight", "PageDown", "Space", "n"])
def test_a_clicker_turns_the_slides(show: Callable[..., Page], built: Path, key: str) -> None:
    page = show(built)
    page.keyboard.press(key)
    page.wait_for_function("Reveal.getSlidePastCount() === 1")
    page.keyboard.press("PageUp")
    page.wait_for_function("Reveal.getSlidePastCount() === 0")


@pytest.mark.parametrize(("route", "minutes"), [("full", 22), ("half", 10)])
def test_an_exercise_says_how_long_it_takes_and_when_it_ends(
    show: Callable[..., Page], write_deck: Callable[..., Path], route: str, minutes: int
) -> None:
    deck = write_deck("## Now: step 1", exercise=True, layout="exercise", half=1)
    page = show(build_deck(deck, deck.with_name("deck.html"), route))
    said = page.locator(".exercise-time").inner_text()
    clock = "new Date(Date.now() + {} * 60000).toTimeString().slice(0, 5)"
    ends = {page.evaluate(clock.format(minutes - late)) for late in (0, 1)}
    assert said in {f"{minutes} minutes, back at {end}" for end in ends}


def test_only_the_slides_of_the_half_day_are_in_its_deck(
    show: Callable[..., Page], write_deck: Callable[..., Path]
) -> None:
    deck = write_deck("# One", "# Two")
    text = deck.read_text(encoding="utf-8")
    deck.write_text(text.replace('"minutes": 1', '"half": 0.5, "minutes": 1', 1), encoding="utf-8")
    page = show(build_deck(deck, deck.with_name("deck.html"), "half"))
    assert page.locator("section h1").all_inner_texts() == ["One"]
    assert page.locator("footer .number").all_inner_texts() == ["1/1"]
    assert "0:30 min" in page.locator("aside.notes").inner_html()


def test_every_slide_has_notes_its_number_and_a_title(
    show: Callable[..., Page], built: Path
) -> None:
    page = show(built)
    slides = page.query_selector_all(".slides > section")
    found = [
        (
            bool(slide.query_selector("aside.notes li")),
            (slide.query_selector("footer .number") or slide).text_content(),
            len(slide.query_selector_all("h1, h2")),
        )
        for slide in slides
    ]
    assert found == [(True, f"{number}/{len(slides)}", 1) for number in range(1, len(slides) + 1)]
    assert len(slides) >= 10


def test_every_picture_tells_what_it_shows(show: Callable[..., Page], built: Path) -> None:
    page = show(built)
    pictures = page.get_by_role("img", include_hidden=True)
    assert pictures.count() == page.locator(".slides svg, .slides img").count() >= 6
    names = [
        page.evaluate(
            "svg => svg.getAttribute('aria-labelledby').split(' ')"
            ".map(id => document.getElementById(id).textContent)",
            picture,
        )
        for picture in pictures.element_handles()
    ]
    assert all(len(title) > 8 and len(description) > 40 for title, description in names)


@pytest.fixture
def served(built: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = partial(Quiet, directory=str(built.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{built.name}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("origin", ["file", "http"])
def test_s_opens_the_speaker_view_which_follows_the_slides(
    browser: Browser, built: Path, origin: str, request: pytest.FixtureRequest
) -> None:
    url = built.as_uri() if origin == "file" else request.getfixturevalue("served")
    asked: set[str] = set()
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: asked.add(re.split(r"[?#]", request.url)[0]))
        page = context.new_page()
        page.goto(url)
        page.wait_for_function(READY)
        with context.expect_page() as opened:
            page.keyboard.press("s")
        notes = opened.value.locator(".speaker-controls-notes .value")
        notes.get_by_text("Ask: everyone set up?").wait_for()
        assert "0:30 min · 0:30 of 10:00 by the end" in notes.inner_text()
        page.keyboard.press("ArrowRight")
        notes.get_by_text("Ask: who has used Django models?").wait_for()
    # Its two frames show the deck again.
    assert asked <= {url, "about:blank"}


# On paper


def test_a_printed_exercise_says_no_time_of_day(
    show: Callable[..., Page], write_deck: Callable[..., Path]
) -> None:
    deck = write_deck("## Now: step 1", exercise=True)
    page = show(build_deck(deck, deck.with_name("deck.html")), query="?print-pdf")
    page.wait_for_selector(".pdf-page")
    assert page.locator(".exercise-time").inner_text() == "22 minutes"


def test_a_printed_page_is_laid_out_as_the_slide_is(show: Callable[..., Page], built: Path) -> None:
    page = show(built, query="?print-pdf")
    page.wait_for_selector(".pdf-page")
    margins = page.evaluate(
        """() => [...document.querySelectorAll(".pdf-page")].map(paper => {
            const box = paper.getBoundingClientRect();
            const title = paper.querySelector("h1, h2").getBoundingClientRect();
            const foot = paper.querySelector("footer").getBoundingClientRect();
            return [title.left - box.left, box.bottom - foot.bottom].map(Math.round);
        })"""
    )
    assert margins == [[80, 26]] * 12
