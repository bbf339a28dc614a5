import re
import sys
import tomllib
import webbrowser
from pathlib import Path
from typing import Any

import pytest

from workshop.course.decks import deck_problems, decks_of
from workshop.course.errors import CourseError
from workshop.course.manifest import Course
from workshop.course.notebooks import dumps, normalise
from workshop.slides import build_all, build_deck, is_current, open_deck

ROOT = Path(__file__).parents[2]
OPENING = ROOT / "slides" / "00_opening.ipynb"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_deck(OPENING, tmp_path_factory.mktemp("built decks") / "00_opening.html")


# The committed deck


def test_every_deck_can_be_shown_as_it_is() -> None:
    assert OPENING in decks_of(ROOT)
    assert {deck.name: deck_problems(deck, ROOT) for deck in decks_of(ROOT)} == {
        deck.name: () for deck in decks_of(ROOT)
    }


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


# Building


SOLVED = "class WorkItem:\n    def rename(self, name):  # step 1\n        self.name = name\n"


@pytest.fixture
def workspace(slides_workspace: Path) -> Path:
    root = slides_workspace
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
    assert "<footer>\n<span>Lamps &amp; tallies</span>" in html
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
    with pytest.raises(CourseError, match=r"There is no deck '0'\. The decks are: none\."):
        open_deck(tmp_path, browser=False)
    assert decks_of(tmp_path) == []


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


def test_the_committed_decks_show_every_picture_that_there_is() -> None:
    shown = "".join(deck.read_text(encoding="utf-8") for deck in decks_of(ROOT))
    pictures = {path.name for path in (ROOT / "slides" / "pictures").glob("*.svg")}
    assert {name for name in pictures if f"(pictures/{name})" not in shown} == set()
