import io
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.course.notebooks import NotebookError, dumps, execute, load, normalise, problems


def code(source: str, *outputs: dict[str, Any], **extra: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": list(outputs),
        "source": source,
        **extra,
    }


def markdown(source: str, **extra: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source, **extra}


def notebook(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def printed(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def result(**data: Any) -> dict[str, Any]:
    bundle = {mime.replace("_", "/"): value for mime, value in data.items()}
    return {"output_type": "execute_result", "execution_count": 7, "metadata": {}, "data": bundle}


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
outputs = st.one_of(
    st.builds(printed, texts, st.sampled_from(["stdout", "stderr"])),
    st.builds(lambda text: result(text_plain=text), texts),
)
identities = st.one_of(st.just({}), st.builds(lambda text: {"id": text}, texts))
cells = st.one_of(
    st.builds(lambda s, o, i: code(s, *o, **i), texts, st.lists(outputs, max_size=3), identities),
    st.builds(lambda s, i: markdown(s, **i), texts, identities),
)
notebooks = st.builds(lambda found: notebook(*found), st.lists(cells, max_size=6))


@given(notebooks)
def test_normalising_twice_is_normalising_once(any_notebook: dict[str, Any]) -> None:
    once = normalise(any_notebook)
    assert normalise(once) == once
    assert dumps(once) == dumps(normalise(json.loads(dumps(once))))


@given(notebooks)
def test_the_bytes_are_those_that_nbformat_writes(any_notebook: dict[str, Any]) -> None:
    ours = dumps(normalise(any_notebook))
    theirs = io.StringIO()
    opened = nbformat.reads(ours, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.write(opened, theirs)  # type: ignore[no-untyped-call]
    assert ours == theirs.getvalue()


def test_a_valid_unique_id_is_kept() -> None:
    normal = normalise(notebook(markdown("a", id="title"), code("b", id="demo-1")))
    assert [cell["id"] for cell in normal["cells"]] == ["title", "demo-1"]


def test_missing_repeated_and_invalid_ids_are_derived_from_the_content() -> None:
    untidy = notebook(markdown("a"), markdown("b", id="x"), markdown("c", id="x"), code("d", id=""))
    ids = [cell["id"] for cell in normalise(untidy)["cells"]]
    assert ids == [cell["id"] for cell in normalise(untidy)["cells"]]
    assert ids[1] == "x"
    assert len(set(ids)) == 4


def test_equal_cells_without_ids_get_different_ids() -> None:
    first, second = normalise(notebook(markdown("same"), markdown("same")))["cells"]
    assert first["id"] != second["id"]


def test_a_derived_id_gives_way_to_an_id_that_a_later_cell_has() -> None:
    derived = normalise(notebook(markdown("same")))["cells"][0]["id"]
    first, second = normalise(notebook(markdown("same"), markdown("other", id=derived)))["cells"]
    assert second["id"] == derived
    assert first["id"] != derived


def test_code_cells_and_their_results_count_from_one() -> None:
    untidy = notebook(
        code("1", result(text_plain="1"), execution_count=12), markdown("between"), code("2")
    )
    one, _, two = normalise(untidy)["cells"]
    assert (one["execution_count"], one["outputs"][0]["execution_count"]) == (1, 1)
    assert two["execution_count"] == 2


def test_nothing_of_the_machine_or_the_moment_is_kept() -> None:
    untidy = notebook(
        code("1", metadata={"execution": {"iopub.execute_input": "2026-01-01"}, "tags": ["t"]}),
        widgets={"application/vnd.jupyter.widget-state+json": {}},
        language_info={"name": "python", "version": "3.11.2"},
        kernelspec={"display_name": "my venv", "language": "python", "name": "venv"},
    )
    normal = normalise(untidy)
    assert normal["cells"][0]["metadata"] == {"tags": ["t"]}
    assert "widgets" not in normal["metadata"]
    assert "version" not in normal["metadata"]["language_info"]
    assert normal["metadata"]["kernelspec"] == {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }


def test_a_stream_that_came_in_pieces_is_one_output() -> None:
    normal = normalise(
        notebook(code("…", printed("a\nb"), printed("c\n"), printed("!", "stderr"), printed("d")))
    )
    found = [(output["name"], output["text"]) for output in normal["cells"][0]["outputs"]]
    assert found == [("stdout", ["a\n", "bc\n"]), ("stderr", ["!"]), ("stdout", ["d"])]


def test_the_argument_is_left_as_it_was() -> None:
    untidy = notebook(code("1", result(text_plain="1")))
    before = json.dumps(untidy)
    normalise(untidy)
    assert json.dumps(untidy) == before


def test_a_normal_notebook_has_no_problems() -> None:
    tidy = normalise(notebook(markdown("# Hello"), code("print(1)", printed("1\n"))))
    assert problems(tidy) == ()


def _shows(output: dict[str, Any]) -> tuple[str, ...]:
    return problems(normalise(notebook(code("…", output))))


ERROR = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": ["no"]}


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (ERROR, "shows an error: ValueError: no"),
        (printed("careful", "stderr"), "standard error: 'careful'"),
        (result(text_plain="<Board object at 0x7f10aa>"), "memory address (at 0x7f10aa)"),
        (printed('File "/home/ada/board.py", line 3'), "the path '/home/ada/board.py'"),
        (printed(r"saved in C:\Users\ada"), r"the path 'C:\\Users'"),
        (result(text_html="<p>/srv/course/x.py</p>"), "the path '/srv/course/x.py'"),
    ],
)
def test_an_output_that_another_run_would_not_repeat_is_a_problem(
    output: dict[str, Any], said: str
) -> None:
    (problem,) = _shows(output)
    assert problem.startswith("Cell 1 shows ")
    assert said in problem


@pytest.mark.parametrize(
    "output",
    [
        printed("https://example.org/a/b/c and 1/2/3 and either/or"),
        result(text_html="<svg><g><text>3 / 4</text></g></svg>"),
        result(text_html='<img src="data:image/png;base64,iVBO /abc/def/ghi=">'),
        result(image_png="iVBO/abc/def/ghi="),
        printed("columns: To do, Doing"),
    ],
)
def test_addresses_tags_and_fractions_are_no_paths(output: dict[str, Any]) -> None:
    assert _shows(output) == ()


def test_a_count_that_is_missing_or_out_of_order_is_a_problem() -> None:
    tidy = normalise(notebook(code("1"), code("2")))
    tidy["cells"][0]["execution_count"] = None
    tidy["cells"][1]["execution_count"] = 1
    missing, wrong = problems(tidy)
    assert missing == "Cell 1 has no execution count, so that its output would not be compared."
    assert wrong == "Cell 2 has the execution count 1, but it is code cell 2."


def test_missing_and_repeated_ids_are_problems() -> None:
    tidy = normalise(notebook(markdown("a"), markdown("b", id="x"), markdown("c")))
    del tidy["cells"][0]["id"]
    tidy["cells"][2]["id"] = "x"
    assert problems(tidy) == (
        "Cell 1 has no id.",
        "Cell 3 has the id 'x' of an earlier cell.",
    )


def test_another_kernelspec_is_a_problem() -> None:
    tidy = normalise(notebook())
    tidy["metadata"]["kernelspec"]["display_name"] = ".venv"
    (problem,) = problems(tidy)
    assert "kernelspec" in problem


def test_any_other_difference_from_the_normal_form_is_a_problem() -> None:
    tidy = normalise(notebook(code("1")))
    tidy["metadata"]["language_info"]["version"] = "3.11.2"
    assert problems(tidy) == ("The notebook is not in normal form; record it again.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "demo.ipynb is not a notebook: "),
        ("[]", "demo.ipynb is not a notebook of format 4"),
        ('{"nbformat": 3, "worksheets": []}', "demo.ipynb is not a notebook of format 4"),
        ('{"nbformat": 4, "cells": [3]}', "it has no list of cells"),
    ],
)
def test_a_file_that_is_no_notebook_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "demo.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotebookError, match=r"demo\.ipynb") as raised:
        load(path)
    assert said in str(raised.value)


def test_a_missing_notebook_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match=r"demo\.ipynb cannot be read"):
        load(tmp_path / "demo.ipynb")


def write(path: Path, *cells: dict[str, Any]) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dumps(notebook(*cells)), encoding="utf-8", newline="\n")
    return path.read_bytes()


def test_recording_runs_the_cells_in_the_workspace(tmp_path: Path) -> None:
    root = tmp_path / "a workspace"
    path = root / "notebooks" / "demo.ipynb"
    (root).mkdir()
    (root / "subject.py").write_text("answer = 'größer'\n", encoding="utf-8")
    write(
        path,
        markdown("# Demo"),
        code("from pathlib import Path\nimport subject\nprint(Path.cwd().name, subject.answer)"),
        code("1 + 1", printed("stale")),
        code("import time\ntime.time()", metadata={"tags": ["nbval-ignore-output"]}),
        code("raise SystemError", metadata={"tags": ["nbval-skip"]}),
    )
    execute(path, root)
    recorded = load(path)
    assert problems(recorded) == ()
    shown = [cell["outputs"] for cell in recorded["cells"] if cell["cell_type"] == "code"]
    assert shown[0] == [{"name": "stdout", "output_type": "stream", "text": ["notebooks größer\n"]}]
    assert shown[1][0]["data"] == {"text/plain": ["2"]}
    assert shown[2:] == [[], []]
    once = path.read_bytes()
    execute(path, root)
    assert path.read_bytes() == once
    assert b"\r" not in once


def test_the_first_chart_on_a_machine_says_nothing_of_its_fonts(tmp_path: Path) -> None:
    path = tmp_path / "demo.ipynb"
    write(
        path,
        code(
            "import logging\n"
            "logging.getLogger('matplotlib.font_manager').warning('building')\n"
            "logging.getLogger('another').warning('heard')"
        ),
    )
    execute(path, tmp_path)
    assert [output["text"] for output in load(path)["cells"][0]["outputs"]] == [["heard\n"]]


def test_a_cell_that_fails_is_named_and_the_file_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo.ipynb"
    before = write(path, code("1"), markdown("between"), code("raise ValueError('no room')"))
    with pytest.raises(NotebookError, match=r"demo\.ipynb, cell 3: ValueError: no room"):
        execute(path, tmp_path)
    assert path.read_bytes() == before


def test_a_cell_that_does_not_come_back_is_named(tmp_path: Path) -> None:
    path = tmp_path / "demo.ipynb"
    write(path, code("while True:\n    pass"))
    with pytest.raises(NotebookError, match="cell 1 did not finish within 1 seconds"):
        execute(path, tmp_path, timeout=1)
