"""Which version of the student's files a notebook's kernel holds.

A kernel goes on with what it imported, while the check reads what was saved since. Without a word
about it, a student sees a check that passes above a cell that fails.

From `%load_ext workshop` on, the student's modules are compiled from their text at each import,
never from bytecode, and the module keeps the digest of that very text. So the digest cannot name
another version than the one that runs: there is no moment between reading for the one and for the
other, and no time stamp that two saves could share. `importlib.reload` comes the same way. What
was imported before counts as the version that the file has at `%load_ext`; a change before that
goes unnoticed, and one after it does not.

The bytes in `__pycache__` say nothing: whoever imports the file next, writes them. `linecache` and
`inspect` read the file when they are asked, which may be after the change.
"""

import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from workshop.course.fresh import FreshFinder, FreshLoader

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["older_versions", "remember_versions"]

_PACKAGE = "exercises"
_DIGEST = "__workshop_digest__"


def remember_versions() -> None:
    """From now on, know which version of a file each of the student's modules was made from."""
    if not any(getattr(finder, "loader", None) is _Loader for finder in sys.meta_path):
        sys.meta_path.insert(0, FreshFinder(_PACKAGE, _Loader))
    for module, file in _held():
        if not hasattr(module, _DIGEST):
            setattr(module, _DIGEST, _digest(file))


def older_versions(root: Path) -> tuple[str, ...]:
    """What to do about files of which this notebook holds an older version.

    Nothing is imported anew behind the student's back: their names would go on meaning the old
    classes, and an old event is no instance of the new class of its name.
    """
    from IPython.core.getipython import get_ipython

    shell, files = get_ipython(), _older_files(root)
    if shell is None or not (old := [file for file in files if _stays_old(file, shell)]):
        return ()
    names = " and ".join(f"`{file.resolve().relative_to(root).as_posix()}`" for file in old)
    holds = f"This notebook still holds an older version of {names} than the one that was checked"
    if _takes_up_itself(shell):
        return (f"{holds}, because Python could not import the new one. Once it can, it does.",)
    return (
        f"{holds}: restart its kernel (in the menu Kernel), and run the cells again from the top.",
    )


def _older_files(root: Path) -> tuple[Path, ...]:
    """The files of a workspace of which this kernel holds another version than is saved."""
    return tuple(
        file
        for module, file in _held()
        if file.resolve().is_relative_to(root) and _is_older(module, file)
    )


def _is_older(module: ModuleType, file: Path) -> bool:
    held, saved = getattr(module, _DIGEST, None), _digest(file)
    return held is not None and saved is not None and held != saved


def _takes_up_itself(shell: "InteractiveShell") -> bool:
    """Whether `%autoreload` brings the modules up to date before each cell.

    Its records are no promise of IPython's; where they are not found, nobody does.
    """
    reloader = _autoreload(shell)
    return bool(getattr(reloader, "enabled", False) and getattr(reloader, "check_all", False))


def _stays_old(file: Path, shell: "InteractiveShell") -> bool:
    """Whether a file whose digest has changed is old in the kernel, too.

    `%autoreload` mostly puts new functions into the place of the old ones, without an import, so
    that the digest of the import says nothing more. Then it counts where it says that it failed.
    """
    failed = getattr(_autoreload(shell), "failed", {})
    return not _takes_up_itself(shell) or str(file) in failed


def _autoreload(shell: "InteractiveShell") -> object:
    magics = shell.magics_manager.registry.get("AutoreloadMagics")
    return getattr(magics, "_reloader", None)


class _Loader(FreshLoader):
    """Keeps in each module the digest of the text that it was compiled from."""

    def compiled(self, text: bytes, path: str) -> CodeType:
        """Compile the text, and remember which it was."""
        self._compiled = _of(text)
        return super().compiled(text, path)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module; one that fails is not what the file says, and keeps its old digest."""
        super().exec_module(module)
        setattr(module, _DIGEST, self._compiled)


def _held() -> Iterator[tuple[ModuleType, Path]]:
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name.startswith(f"{_PACKAGE}.") and file:
            yield module, Path(file)


def _digest(file: Path) -> str | None:
    """`None` for a file that cannot be read: the check says so already."""
    try:
        return _of(file.read_bytes())
    except OSError:
        return None


def _of(text: bytes) -> str:
    return blake2b(text, digest_size=8).hexdigest()
