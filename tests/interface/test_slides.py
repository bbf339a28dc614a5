import os
import re
import subprocess
import sys
import threading
import tomllib
import webbrowser
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from workshop.course.decks import deck_problems, slides_of, with_included
from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.notebooks import dumps, load, normalise
from workshop.slides import build_all, build_deck, decks, is_current, open_deck

ROOT = Path(__file__).parents[2]
OPENING = ROOT / "slides" / "00_opening.ipynb"

READY = "window.Reveal && Reveal.isReady()"

# Every element that has words of its own, on the slide that is shown.
WITH_WORDS = """() => [...Reveal.getCurrentSlide().querySelectorAll("*")].filter(element =>
    !element.closest("aside, title, desc") &&
    [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))"""

OUTSIDE = f"""() => {{
  const slide = Reveal.getCurrentSlide();
  const page = slide.getBoundingClientRect();
  const end = slide.querySelector("footer").getBoundingClientRect();
  const shown = [...slide.querySelectorAll(".content *:not(svg *), footer *")];
  const words = ({WITH_WORDS})();
  return [...new Set([...shown, ...words])].filter(element => {{
    const box = element.getBoundingClientRect();
    const bottom = element.closest("footer") ? page.bottom : end.top;
    return box.left < page.left - 1 || box.right > page.right + 1 || box.top < page.top - 1 ||
      box.bottom > bottom + 1 || element.scrollWidth > Math.ceil(element.clientWidth) + 1 &&
      element.matches("pre, .highlight, p, li, h1, h2");
  }}).map(element => element.outerHTML.slice(0, 200));
}}"""

FAINT = f"""() => {{
  const rgb = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = colour => {{
    const [r, g, b] = rgb(colour).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }};
  const opaque = colour => colour !== "none" && (rgb(colour)[3] ?? 1) === 1;
  const behind = element => {{
    const box = element.getBoundingClientRect();
    const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const below = [element, ...stack.filter(other => !element.contains(other) &&
      !other.closest("text"))];
    for (const other of below) {{
      const style = getComputedStyle(other);
      const drawn = other instanceof SVGGeometryElement ? style.fill
        : other instanceof SVGElement ? "none" : style.backgroundColor;
      if (opaque(drawn)) return drawn;
    }}
  }};
  return ({WITH_WORDS})().map(element => {{
    const style = getComputedStyle(element);
    const colour = element instanceof SVGElement ? style.fill : style.color;
    const [high, low] = [light(colour), light(behind(element))].sort((a, b) => b - a);
    return [element.textContent.trim(), colour, (high + 0.05) / (low + 0.05)];
  }});
}}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_deck(OPENING, tmp_path_factory.mktemp("built decks") / "00_opening.html")


@pytest.fixture
def show(browser: Browser, built: Path) -> Iterator[Callable[..., Page]]:
    """Opens the deck: `show(width=…, height=…, theme=…)`; it may ask for nothing but itself."""
    contexts = []
    asked: set[str] = set()

    def open_deck_page(width: int = 1280, height: int = 720, theme: str = "", **more: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        context.on("request", lambda request: asked.add(request.url.split("?")[0].split("#")[0]))
        page = context.new_page()
        page.goto(built.as_uri() + (f"?theme={theme}" if theme else ""))
        page.wait_for_function(READY)
        return page

    yield open_deck_page
    for context in contexts:
        context.close()
    assert asked <= {built.as_uri(), "about:blank"}


def each_slide(page: Page) -> Iterator[int]:
    for index in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate("index => Reveal.slide(index)", index)
        yield index + 1


# The committed deck


def test_the_opening_deck_shows_what_it_prints() -> None:
    done = subprocess.run(
        # Jupyter's own warnings are not what this is about.
        [sys.executable, "-m", "pytest", "--nbval", str(OPENING), "-o", "filterwarnings=default"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


def test_every_deck_can_be_shown_as_it_is() -> None:
    assert OPENING in decks(ROOT)
    assert {deck.name: deck_problems(deck, ROOT) for deck in decks(ROOT)} == {
        deck.name: () for deck in decks(ROOT)
    }


def test_the_opening_takes_the_minutes_that_the_manifest_gives_it() -> None:
    course = Course.load(ROOT / "exercises" / "course.toml")
    (full,) = (route for route in course.routes if route.id == "full")
    planned = {segment.title: segment.minutes for segment in full.segments}["Opening"]
    assert sum(slide.minutes["full"] for slide in slides_of(load(OPENING))) == planned


# The file


def test_the_file_asks_for_nothing_else(built: Path) -> None:
    whole = built.read_text(encoding="utf-8")
    # The scripts' own strings are no markup; what they ask for, the browser's tests would see.
    html, scripts = re.subn(r"(<script[^>]*>).*?</script>", r"\1", whole, flags=re.DOTALL)
    assert scripts == 3
    assert re.findall(r"<(?:link|base|iframe|object|embed)\b", html) == []
    assert re.findall(r"<(?:script|img|image|source)[^>]*\b(?:src|href)=(?!\"data:)", html) == []
    assert re.findall(r"@import|url\((?!['\"]?(?:data:|#))", html) == []
    assert len(whole) < 600_000


def test_the_file_names_the_course_as_the_manifest_does(built: Path) -> None:
    title = Course.load(ROOT / "exercises" / "course.toml").title
    assert f"<footer>\n<span>{title}</span>" in built.read_text(encoding="utf-8")


def test_the_same_deck_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = build_deck(OPENING, tmp_path / "again.html")
    assert again.read_bytes() == built.read_bytes()
    assert b"\r" not in again.read_bytes()


# In a browser


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (1920, 1080)])
def test_every_slide_fits_the_screen(show: Callable[..., Page], size: tuple[int, int]) -> None:
    page = show(*size)
    outside = {number: page.evaluate(OUTSIDE) for number in each_slide(page)}
    assert len(outside) == 12
    assert outside == {number: [] for number in outside}


def test_every_slide_fits_with_the_wider_letters_of_another_system(
    show: Callable[..., Page],
) -> None:
    page = show(1024, 768)
    page.add_style_tag(content=":root { --sans: 'DejaVu Sans'; --serif: 'DejaVu Serif'; }")
    outside = {number: page.evaluate(OUTSIDE) for number in each_slide(page)}
    assert outside == {number: [] for number in outside}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_words_stand_out_from_what_is_behind_them(
    show: Callable[..., Page], theme: str
) -> None:
    page = show(theme=theme)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    measured = [words for _ in each_slide(page) for words in page.evaluate(FAINT)]
    assert len({colour for _, colour, _ in measured}) >= 7
    assert [words for words in measured if not words[2] >= 4.5] == []


def test_the_letters_are_large(show: Callable[..., Page]) -> None:
    page = show()
    sizes = f"({WITH_WORDS})().filter(e => !e.closest('footer')).map(e => {{"
    sizes += "const m = e.getScreenCTM ? e.getScreenCTM().a : 1;"
    sizes += "return parseFloat(getComputedStyle(e).fontSize) * m })"
    assert min(size for _ in each_slide(page) for size in page.evaluate(f"() => {sizes}")) >= 22


def test_the_theme_follows_the_system_until_t_is_pressed(show: Callable[..., Page]) -> None:
    page = show(color_scheme="dark")
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


def test_every_slide_has_notes_its_number_and_a_title(show: Callable[..., Page]) -> None:
    page = show()
    slides = page.query_selector_all(".slides > section")
    found = [
        (
            bool(slide.query_selector("aside.notes li")),
            (slide.query_selector("footer .number") or slide).text_content(),
            len(slide.query_selector_all("h1, h2")),
        )
        for slide in slides
    ]
    assert found == [(True, f"{number}/12", 1) for number in range(1, 13)]


def test_every_picture_has_a_text_alternative(show: Callable[..., Page]) -> None:
    page = show()
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
    with browser.new_context() as context:
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


# Building


SOLVED = "class WorkItem:\n    def rename(self, name):  # step 1\n        self.name = name\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "a workspace"
    (root / "slides").mkdir(parents=True)
    (root / "solutions").mkdir()
    (root / "solutions" / "work_item.py").write_text(SOLVED, encoding="utf-8")
    for name in ("00_opening", "01_identity"):
        write_deck(root / "slides" / f"{name}.ipynb", name)
    return root


def write_deck(path: Path, title: str) -> None:
    cells = [
        markdown(f"# {title} & more", "slide", minutes=1, slot=1),
        markdown("…", "fragment", include="solutions/work_item.py::WorkItem.rename"),
        {
            "cell_type": "code",
            "metadata": {},
            "source": "1",
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": "<printed>"},
                {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>b</b>"}},
                {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": "*m*"}},
                {
                    "output_type": "execute_result",
                    "execution_count": 1,
                    "metadata": {},
                    "data": {"text/plain": "'plain'"},
                },
            ],
        },
        markdown("Ask: why?", "notes"),
    ]
    notebook = {"cells": cells, "metadata": {"title": title}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(dumps(normalise(notebook)), encoding="utf-8", newline="\n")


def markdown(source: str, slide: str, **metadata: Any) -> dict[str, Any]:
    metadata |= {"slideshow": {"slide_type": slide}}
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def words(html: Path) -> str:
    return re.sub(r"<[^>]+>", "", html.read_text(encoding="utf-8").split("<body>")[1])


def test_a_changed_line_of_the_solution_changes_the_slide(workspace: Path) -> None:
    notebook = workspace / "slides" / "00_opening.ipynb"
    (built, _) = build_all(workspace)
    assert "    self.name = name\n" in words(built)
    assert "# step 1" not in words(built)
    solved = workspace / "solutions" / "work_item.py"
    solved.write_text(SOLVED.replace("= name", "= name.strip()"), encoding="utf-8")
    assert not is_current(notebook, built)
    build_all(workspace)
    assert is_current(notebook, built)
    assert "    self.name = name.strip()\n" in words(built)


def test_only_what_is_out_of_date_is_built_again(workspace: Path) -> None:
    first, second = build_all(workspace)
    assert first == workspace / ".workshop" / "slides" / "00_opening.html"
    before = first.stat().st_mtime_ns, second.stat().st_mtime_ns
    write_deck(workspace / "slides" / "01_identity.ipynb", "Another title")
    build_all(workspace)
    assert first.stat().st_mtime_ns == before[0]
    assert second.stat().st_mtime_ns > before[1]


def test_a_half_written_file_is_out_of_date(workspace: Path) -> None:
    first, _ = build_all(workspace)
    first.write_text(first.read_text(encoding="utf-8")[:100], encoding="utf-8")
    assert not is_current(workspace / "slides" / "00_opening.ipynb", first)


def test_every_kind_of_output_is_shown_and_escaped(workspace: Path) -> None:
    html = build_all(workspace)[0].read_text(encoding="utf-8")
    assert "<title>00_opening &amp; more</title>" not in html
    assert "<title>00_opening</title>" in html
    assert '<pre class="output">&lt;printed&gt;</pre>' in html
    assert "<figure><b>b</b></figure>" in html
    assert "<em>m</em>" in html
    assert "'plain'</pre>" in html
    assert '<div class="cell fragment">' in html


@pytest.mark.parametrize("name", ["1", "01", "identity", "01_identity", "01_identity.ipynb"])
def test_a_deck_is_found_by_number_or_name(workspace: Path, name: str) -> None:
    assert open_deck(workspace, name, browser=False).name == "01_identity.html"


def test_the_first_deck_opens_in_the_browser(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    built = open_deck(workspace)
    assert built.name == "00_opening.html"
    assert opened == [built.as_uri()]
    assert opened[0].startswith("file:///")
    assert "a%20workspace" in opened[0]


def test_an_unknown_deck_is_refused_with_the_decks_that_there_are(workspace: Path) -> None:
    with pytest.raises(CourseError) as raised:
        open_deck(workspace, "7", browser=False)
    assert str(raised.value) == "There is no deck '7'. The decks are: 00_opening, 01_identity."


def test_a_workspace_without_decks_says_so(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="There are no decks in "):
        open_deck(tmp_path, browser=False)


def test_a_broken_deck_is_named_and_an_older_file_kept(workspace: Path) -> None:
    first, _ = build_all(workspace)
    before = first.read_bytes()
    notebook = workspace / "slides" / "00_opening.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    with pytest.raises(CourseError, match=r"^00_opening\.ipynb is not a notebook: .*\.$"):
        build_all(workspace)
    assert first.read_bytes() == before


def test_without_the_slides_extra_one_sentence_says_how_to_install_it(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sphinx_revealjs", None)
    with pytest.raises(CourseError) as raised:
        build_deck(workspace / "slides" / "00_opening.ipynb", workspace / "deck.html")
    said = str(raised.value)
    assert said.startswith("Slides need one more package; install it: `")
    assert said.count(". ") == 0
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (requirement,) = re.findall(r'"(sphinx-[^"]+)"', said)
    assert requirement in project["optional-dependencies"]["slides"]


def test_the_committed_deck_resolves_its_pictures() -> None:
    sources = "".join(cell["source"] for cell in with_included(OPENING, ROOT)["cells"])
    assert sources.count("<svg") == len(list((OPENING.parent / "pictures").glob("*.svg")))
