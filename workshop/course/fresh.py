"""Imports of the student's modules that never trust bytecode.

Bytecode counts as current by whole seconds and by size: of two saves within a second, one with `<`
and one with `>`, the older would run.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

__all__ = ["FreshFinder", "FreshLoader"]


class FreshLoader(SourceFileLoader):
    """Compiles a module from its text at each import."""

    def get_code(self, fullname: str) -> CodeType:
        """Compile the text."""
        path = self.get_filename(fullname)
        return self.compiled(self.get_data(path), path)

    def compiled(self, text: bytes, path: str) -> CodeType:
        """Compile this very text."""
        return _compiled(text, path)


@lru_cache(maxsize=64)  # a module that cannot be imported is imported again for each test
def _compiled(text: bytes, path: str) -> CodeType:
    code: CodeType = compile(text, path, "exec", dont_inherit=True)
    return code


class FreshFinder(MetaPathFinder):
    """Finds what Python would find of a package, and has it read by a `FreshLoader`."""

    def __init__(self, package: str, loader: type[FreshLoader] = FreshLoader) -> None:
        self._package = package
        self.loader = loader

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for the package and what is in it, and for nothing else."""
        if fullname != self._package and not fullname.startswith(f"{self._package}."):
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = self.loader(spec.loader.name, spec.loader.path)
        return spec
