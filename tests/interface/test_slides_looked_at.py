"""What `workshop slides --check` finds and `--pdf` prints; both run a browser of their own."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.course.decks import decks_of
from workshop.course.results import Finding
from workshop.slides import look_at, print_deck

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


# On the half day nearly all slides are those of the full day; one deck stands for them.
LOOKED_AT = [*((deck.name, "full") for deck in decks_of(ROOT)), (decks_of(ROOT)[1].name, "half")]


@pytest.fixture(scope="module")
def findings() -> dict[tuple[str, str], Finding]:
    """What is found of each deck; a browser starts more slowly than it looks at a deck."""
    full = look_at(decks_of(ROOT))
    half = look_at([decks_of(ROOT)[1]], "half")
    return dict(zip(LOOKED_AT, [*full, *half], strict=True))


@pytest.mark.parametrize(("deck", "route"), LOOKED_AT)
def test_every_slide_fits_and_can_be_read(
    findings: dict[tuple[str, str], Finding], deck: str, route: str
) -> None:
    finding = findings[deck, route]
    assert finding.name == f"slides/{deck}"
    assert finding.ok, finding.detail
    assert re.match(r"\d+ slides? fits? 5 screens", finding.detail)


LINES = "\n".join(f"- line {number}" for number in range(12))

DRAWING = """\
<figure>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100" role="img" aria-labelledby="t d">\
<title id="t">A box</title><desc id="d">A word in a box.</desc>
<rect width="400" height="100" style="fill: #0b6b66"/>
<text x="200" y="60" style="fill: #1c2430; font-size: 40px">dim</text></svg>
</figure>"""

AMISS = {
    "long": ("# Short", f"## Long\n\n{LINES}"),
    "wide": ("# " + 40 * "Wide",),
    "fragment": ("# Short", LINES),
    # On white 2.8 : 1; on the dark theme's paper more than enough.
    "faint": ('# A\n\n<p style="color: #999999">faint</p>',),
    "drawing": (f"# A\n\n{DRAWING}",),
    "picture": ("# A\n\n<svg viewBox='0 0 9 9'></svg>",),
    "request": ('# A\n\n<img alt="a dot" src="http://example.invalid/dot.png">',),
}
"""Decks in each of which something is amiss."""


@pytest.fixture(scope="module")
def amiss(write_shared_deck: Callable[..., Path]) -> dict[str, Finding]:
    """What is found of each of them; one browser looks at all."""
    decks = [write_shared_deck(*slides, deck=name) for name, slides in AMISS.items()]
    fragment = decks[list(AMISS).index("fragment")]
    before, after = fragment.read_text(encoding="utf-8").rsplit('"slide_type": "slide"', 1)
    fragment.write_text(f'{before}"slide_type": "fragment"{after}', encoding="utf-8")
    return dict(zip(AMISS, look_at(decks), strict=True))


@pytest.mark.parametrize("deck", AMISS)
def test_a_deck_with_something_amiss_needs_mending(amiss: dict[str, Finding], deck: str) -> None:
    assert not amiss[deck].ok
    assert amiss[deck].remedy


def test_a_slide_that_is_too_long_is_named_with_what_does_not_fit(
    amiss: dict[str, Finding],
) -> None:
    assert "Slide 2: 'line 11' does not fit (16:9, light)." in amiss["long"].detail
    assert "Slide 1" not in amiss["long"].detail


def test_a_word_that_is_too_wide_is_named(amiss: dict[str, Finding]) -> None:
    assert "Slide 1: 'WideWide" in amiss["wide"].detail


def test_a_fragment_counts_before_it_is_shown(amiss: dict[str, Finding]) -> None:
    assert "Slide 1: 'line 11' does not fit" in amiss["fragment"].detail


def test_faint_words_are_named_with_their_contrast(amiss: dict[str, Finding]) -> None:
    detail = amiss["faint"].detail
    assert "Slide 1: 'faint' has a contrast of 2.7 : 1 (16:9, light)." in detail
    assert "dark" not in detail


def test_faint_words_in_a_drawing_are_measured_against_what_is_below_them(
    amiss: dict[str, Finding],
) -> None:
    assert re.search(r"Slide 1: 'dim' has a contrast of 2\.\d : 1", amiss["drawing"].detail)


def test_a_picture_without_a_text_alternative_is_named(amiss: dict[str, Finding]) -> None:
    assert "has no text alternative (16:9, light)." in amiss["picture"].detail


def test_a_request_to_another_host_is_named(amiss: dict[str, Finding]) -> None:
    assert "It asks for http://example.invalid/dot.png." in amiss["request"].detail


# On paper


def test_a_handout_has_a_page_for_each_slide_with_the_letters_of_light_paper(
    write_deck: Callable[..., Path],
) -> None:
    deck = write_deck("# One", "## Two", "## Now: step 1", exercise=True)
    pdf = print_deck(deck)
    assert pdf == deck.parents[1] / ".workshop" / "slides" / "01_lamps.pdf"
    data = pdf.read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 3
    assert (
        re.findall(rb"/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)[.\d]*\]", data) == [(b"960", b"540")] * 3
    )
