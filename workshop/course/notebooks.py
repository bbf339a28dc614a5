"""The normal form of a committed notebook, and recording one afresh.

Two authors who run the same notebook commit the same bytes: ids are stable, counts are 1..n, and
nothing of a machine or a moment is kept. The bytes are those that JupyterLab would save.
"""

import copy
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from workshop.course.errors import CourseError

__all__ = [
    "NotebookError",
    "dumps",
    "execute",
    "in_memory",
    "load",
    "make_profile",
    "normalise",
    "problems",
]

Json: TypeAlias = dict[str, Any]
Form: TypeAlias = Callable[[str], str | list[str]]

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE_INFO = {"name": "python", "pygments_lexer": "ipython3"}

# What a run or an editor leaves behind and the next run would change.
_NOTEBOOK_METADATA_TO_DROP = ("widgets", "orig_nbformat", "orig_nbformat_minor", "signature")
_CELL_METADATA_TO_DROP = ("execution", "ExecuteTime", "trusted", "collapsed", "scrolled")
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}\Z")
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{4,}")
_ABSOLUTE_PATH = re.compile(
    r"""(?<![\w.:/<+=-])/(?:[\w.@-]+/)+[\w.@-]+   # /home/ada/x.py, but no address and no </tag>
      | (?<!\w)[A-Za-z]:(?:\\|/(?!/))[\w.]+       # C:\\Users
    """,
    re.VERBOSE,
)
_EMBEDDED_DATA = re.compile(r"base64,[A-Za-z0-9+/=\s]+")

# The first chart on a machine takes a while, and says so on standard error.
_AT_START = """\
import logging
logging.getLogger("matplotlib").setLevel(logging.ERROR)
del logging
"""


class NotebookError(CourseError):
    """A notebook cannot be read, or a cell of it failed; the message names which."""


def load(path: Path) -> Json:
    """Read a notebook file.

    Raises:
        NotebookError: The file is missing, or is not a notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotebookError(f"{path.name} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise NotebookError(f"{path.name} is not a notebook: {error}.") from error
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise NotebookError(f"{path.name} is not a notebook of format 4; save it in JupyterLab.")
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not all(_is_cell(cell) for cell in cells):
        raise NotebookError(f"{path.name} is not a notebook: it has no list of cells.")
    return notebook


def dumps(notebook: Json) -> str:
    """Write the notebook as the text that JupyterLab would save."""
    return json.dumps(_on_disk(notebook), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def in_memory(notebook: Json) -> Json:
    """Copy the notebook with its texts as strings, as Jupyter's libraries want them."""
    return _with_texts(notebook, lambda text: text)


def normalise(notebook: Json) -> Json:
    """Copy the notebook into its normal form, with texts as the lists of lines that a file has."""
    normal = _on_disk(notebook)
    normal["nbformat"], normal["nbformat_minor"] = 4, 5
    metadata = normal.setdefault("metadata", {})
    for key in _NOTEBOOK_METADATA_TO_DROP:
        metadata.pop(key, None)
    metadata["kernelspec"] = dict(KERNELSPEC)
    metadata["language_info"] = dict(LANGUAGE_INFO)
    _give_ids(normal["cells"])
    count = 0
    for cell in normal["cells"]:
        for key in _CELL_METADATA_TO_DROP:
            cell["metadata"].pop(key, None)
        if cell["cell_type"] == "code":
            count += 1
            _number(cell, count)
        else:
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    return normal


def problems(notebook: Json) -> tuple[str, ...]:
    """Say what keeps the notebook from being committed, a sentence each."""
    found = list(_problems(_on_disk(notebook)))
    if not found and _on_disk(notebook) != normalise(notebook):
        found.append("The notebook is not in normal form; record it again.")
    return tuple(found)


def execute(path: Path, root: Path, *, timeout: int = 180) -> None:
    """Run the notebook in a new kernel and write it back in normal form.

    The kernel starts in the notebook's folder with `root` as its PYTHONPATH, and without the
    author's own IPython profile. Cells tagged `nbval-ignore-output` keep no output; cells tagged
    `nbval-skip` are not run.

    Args:
        path: The notebook.
        root: The workspace.
        timeout: Seconds for one cell.

    Raises:
        NotebookError: A cell raised an error or did not come back; the file is left as it was.
    """
    recorded = _run(normalise(load(path)), path, root, timeout)
    for cell in recorded["cells"]:
        if "nbval-ignore-output" in cell["metadata"].get("tags", ()):
            cell["outputs"] = []
    path.write_text(dumps(normalise(recorded)), encoding="utf-8", newline="\n")


def make_profile(folder: Path) -> None:
    """Make the IPYTHONDIR of kernels that print the same on every machine."""
    startup = folder / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "quiet.py").write_text(_AT_START, encoding="utf-8", newline="\n")


def _run(notebook: Json, path: Path, root: Path, timeout: int) -> Json:
    # Imported here, since reading and checking notebooks must not cost a second of imports.
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    node = nbformat.from_dict(in_memory(notebook))  # type: ignore[no-untyped-call]
    started = [0]
    client = NotebookClient(
        node,
        timeout=timeout,
        kernel_name=KERNELSPEC["name"],
        # The kernel warns of unencrypted TCP, which never leaves this machine.
        extra_arguments=["--log-level=ERROR"],
        skip_cells_with_tag="nbval-skip",
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=lambda cell, cell_index: started.append(cell_index + 1),
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        make_profile(Path(profile))
        environment = {**os.environ, "PYTHONPATH": str(root), "IPYTHONDIR": profile}
        try:
            client.execute(env=environment)
        except CellExecutionError as error:
            what = f"{error.ename}: {error.evalue}"
            raise NotebookError(f"{path.name}, cell {started[-1]}: {what}") from error
        except CellTimeoutError as error:
            what = f"did not finish within {timeout} seconds"
            raise NotebookError(f"{path.name}, cell {started[-1]} {what}.") from error
        except DeadKernelError as error:
            what = "ended its kernel"
            raise NotebookError(f"{path.name}, cell {started[-1]} {what}.") from error
    return _on_disk(node)


def _is_cell(cell: object) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") in ("code", "markdown", "raw")


def _problems(notebook: Json) -> Iterator[str]:
    if notebook.get("metadata", {}).get("kernelspec") != KERNELSPEC:
        yield f"The kernelspec must be {KERNELSPEC}, or JupyterLab changes the file on opening it."
    seen: set[str] = set()
    count = 0
    for place, cell in enumerate(notebook["cells"], start=1):
        identity = cell.get("id")
        if not identity:
            yield f"Cell {place} has no id."
        elif identity in seen:
            yield f"Cell {place} has the id {identity!r} of an earlier cell."
        seen.add(identity)
        if cell["cell_type"] == "code":
            count += 1
            yield from _code_cell_problems(place, count, cell)


def _code_cell_problems(place: int, count: int, cell: Json) -> Iterator[str]:
    actual = cell.get("execution_count")
    if actual is None:
        yield f"Cell {place} has no execution count, so that its output would not be compared."
    elif actual != count:
        yield f"Cell {place} has the execution count {actual}, but it is code cell {count}."
    for output in cell["outputs"]:
        if output["output_type"] == "error":
            yield f"Cell {place} shows an error: {output.get('ename')}: {output.get('evalue')}."
        if output.get("name") == "stderr":
            yield f"Cell {place} shows standard error: {''.join(output['text']).strip()[:80]!r}."
        text = "\n".join(_texts(output))
        if address := _ADDRESS.search(text):
            yield f"Cell {place} shows a memory address ({address[0]}), new at every run."
        if absolute := _ABSOLUTE_PATH.search(_EMBEDDED_DATA.sub("", text)):
            yield f"Cell {place} shows the path {absolute[0]!r}, which only your machine has."


def _texts(output: Json) -> Iterator[str]:
    yield "".join(output.get("text", ()))
    yield from output.get("traceback", ())
    for mime, data in output.get("data", {}).items():
        if _is_split(mime):
            yield "".join(data)


def _give_ids(cells: list[Json]) -> None:
    """Keep the ids that are valid and first; derive the others from the cell's content."""
    taken: set[str] = set()
    without: list[Json] = []
    for cell in cells:
        identity = cell.get("id")
        if isinstance(identity, str) and _ID.match(identity) and identity not in taken:
            taken.add(identity)
        else:
            without.append(cell)
    for cell in without:
        content = cell["cell_type"] + "\n" + "".join(cell["source"])
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        identity, again = digest, 1
        while identity in taken:
            again += 1
            identity = f"{digest}-{again}"
        cell["id"] = identity
        taken.add(identity)


def _number(cell: Json, count: int) -> None:
    cell["execution_count"] = count
    outputs: list[Json] = []
    for output in cell["outputs"]:
        if output["output_type"] == "execute_result":
            output["execution_count"] = count
        output.get("data", {}).pop(_WIDGET_VIEW, None)
        if output["output_type"] == "stream" and outputs and _same_stream(outputs[-1], output):
            # How a kernel cuts a stream into messages is a matter of timing.
            joined = "".join(outputs[-1]["text"]) + "".join(output["text"])
            outputs[-1]["text"] = joined.splitlines(keepends=True)
        else:
            outputs.append(output)
    cell["outputs"] = outputs


def _same_stream(first: Json, second: Json) -> bool:
    return bool(first["output_type"] == "stream" and first["name"] == second["name"])


def _on_disk(notebook: Json) -> Json:
    """Copy with multi-line texts as lists of lines, as nbformat writes them."""
    return _with_texts(notebook, lambda text: text.splitlines(keepends=True))


def _with_texts(notebook: Json, form: Form) -> Json:
    changed = copy.deepcopy(notebook)
    for cell in changed["cells"]:
        cell.setdefault("metadata", {})
        cell["source"] = form("".join(cell.get("source", "")))
        for bundle in cell.get("attachments", {}).values():
            _form_bundle(bundle, form)
        if cell["cell_type"] == "code":
            for output in cell.setdefault("outputs", []):
                if "text" in output:
                    output["text"] = form("".join(output["text"]))
                _form_bundle(output.get("data", {}), form)
    return changed


def _form_bundle(bundle: Json, form: Form) -> None:
    for mime, data in bundle.items():
        if _is_split(mime):
            bundle[mime] = form("".join(data))
        elif not mime.endswith("json") and isinstance(data, list):
            bundle[mime] = "".join(data)


def _is_split(mime: str) -> bool:
    return mime.startswith("text/") or mime in ("application/javascript", "image/svg+xml")
