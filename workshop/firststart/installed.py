"""What is installed in a Python, read from its folders: quicker than asking it.

The folders follow the standards for installed projects: a `.dist-info` folder for each, with the
origin of what was not fetched from an index in `direct_url.json` (PEP 376, PEP 610).
"""

import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

__all__ = [
    "brought_by",
    "distributions",
    "installed_from",
    "lacks",
    "required",
    "same_folder",
    "site_packages_of_this_python",
]

PROJECT = "event-sourced-domain-models"
SUFFIX = ".dist-info"


def distributions(site_packages: Iterable[Path]) -> dict[str, Path]:
    """The distributions installed there: normalised name to `.dist-info` folder."""
    return {
        _normalised(entry.name.removesuffix(SUFFIX).partition("-")[0]): Path(entry.path)
        for folder in site_packages
        for entry in os.scandir(folder)
        if entry.name.endswith(SUFFIX)
    }


def installed_from(site_packages: Iterable[Path], root: Path) -> bool | None:
    """Whether the clone at `root` itself is installed there, so that edits count at once.

    False means that another clone is, or this one before it was moved; `None`, that none is.
    """
    folder = distributions(site_packages).get(_normalised(PROJECT))
    if folder is None:
        return None
    try:
        origin = json.loads((folder / "direct_url.json").read_text(encoding="utf-8"))
        editable = origin["dir_info"]["editable"]
        return bool(editable) and same_folder(_path(origin["url"]), root)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def lacks(site_packages: Iterable[Path], root: Path, extra: str | None) -> set[str]:
    """What is missing there to run the clone at `root` and the extra, the clone included."""
    folders = list(site_packages)
    if not installed_from(folders, root):
        return {PROJECT}
    return required(root, extra) - distributions(folders).keys()


def required(root: Path, extra: str | None) -> set[str]:
    """The normalised names of what the course, and the extra, ask for in pyproject.toml."""
    project = _project(root)
    wanted = [PROJECT, *project["dependencies"]]
    for each in brought_by(extra, root):
        wanted += project["optional-dependencies"][each]
    return {_normalised(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in wanted}


def brought_by(extra: str | None, root: Path) -> set[str]:
    """The extra, and those that pyproject.toml has it bring along: `test` brings `slides`."""
    lists = _project(root)["optional-dependencies"] if extra is not None else {}
    found: set[str] = set()
    wanted = {extra} if extra is not None else set()
    own = f"{PROJECT}["
    while wanted:
        found |= wanted
        lines = [line for each in wanted for line in lists.get(each, ())]
        named = [line.removeprefix(own) for line in lines if line.startswith(own)]
        wanted = {name for line in named for name in re.findall(r"[\w-]+", line)} - found
    return found


def site_packages_of_this_python() -> list[Path]:
    """The folders of packages of the running Python."""
    names = ("site-packages", "dist-packages")
    return [Path(entry) for entry in sys.path if entry.endswith(names) and Path(entry).is_dir()]


def same_folder(one: str | Path, other: Path) -> bool:
    """Whether both exist and are the same, however they are spelled."""
    try:
        return other.samefile(one)
    except OSError:
        return False


def _project(root: Path) -> dict[str, Any]:
    import tomllib  # here: most starts do not come this far

    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(project["project"])


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _path(url: str) -> str:
    from urllib.parse import unquote, urlsplit  # here: most starts do not come this far

    path = unquote(urlsplit(url).path)
    return path.lstrip("/") if os.name == "nt" else path
