"""Packages that import their modules when a name is first used."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from pkgutil import iter_modules

import pytest

LIBRARY = Path(importlib.import_module("lipbridge").__path__[0])
PACKAGES = ("", ".check", ".emit", ".pipeline", ".report", ".symbolic")


@pytest.mark.parametrize("package", [f"lipbridge{name}" for name in PACKAGES])
def test_every_name_is_there_and_is_no_modules(package):
    module = importlib.import_module(package)
    names = {name for name in module.__all__ if not name.startswith("_")}
    # Importing such a module would put it in the place of the name.
    assert names.isdisjoint(found.name for found in iter_modules(module.__path__))
    for name in names:
        assert getattr(module, name) is getattr(module, name)
    with pytest.raises(AttributeError, match=f"{package!r} has no attribute 'nothing'"):
        _ = module.nothing


@pytest.mark.parametrize("package", [f"lipbridge{name}" for name in PACKAGES])
def test_type_checkers_are_told_the_same_homes(package):
    module = importlib.import_module(package)
    assert module.__file__ is not None
    told = {
        alias.name: node.module
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in module.__all__
    }
    assert told.keys() == set(module.__all__) - {"__version__"}
    for name, home in told.items():
        assert getattr(importlib.import_module(home or ""), name) is getattr(module, name)


def test_packages_alone_say_what_is_public():
    said = {
        str(path.relative_to(LIBRARY))
        for path in LIBRARY.rglob("*.py")
        if "\n__all__" in path.read_text("utf-8") and path.name != "__init__.py"
    }
    # The registry of presets is the face of its folder; the package itself is free of torch.
    assert said == {"numeric/presets/registry.py"}
