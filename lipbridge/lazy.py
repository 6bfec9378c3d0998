"""Packages whose names are imported from their modules when they are first used."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def lazy(package: str) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package that imports nothing by itself.

    What its ``if TYPE_CHECKING:`` imports for type checkers it gives at run time, too. No name may
    be that of a module of the package, which importing the module would put in its place.

    Args:
        package: its name.
    """

    @cache
    def homes() -> dict[str, str]:
        spec: Any = sys.modules[package].__spec__
        blocks = [
            x for x in ast.parse(spec.loader.get_source(package)).body if isinstance(x, ast.If)
        ]
        imports = (x for block in blocks for x in block.body if isinstance(x, ast.ImportFrom))
        return {name.name: str(found.module) for found in imports for name in found.names}

    def get(name: str) -> Any:
        if name.startswith("__") or name not in homes():
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(homes()[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return get


def import_all(package: ModuleType) -> None:
    """Import every module of a package, whose kinds are found by being in a file of it."""
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
