"""Packages that import their modules when a name is first used."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest

PACKAGES = ("", ".check", ".emit", ".pipeline", ".report", ".symbolic")


def told(module: ModuleType) -> dict[str, str]:
    """What type checkers are told: name → its module."""
    assert module.__file__ is not None
    return {
        alias.name: str(node.module)
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module != "lipbridge.lazy"
        for alias in node.names
        if str(node.module).startswith("lipbridge")
    }


@pytest.mark.parametrize("package", [f"lipbridge{name}" for name in PACKAGES])
def test_every_name_is_there_and_is_no_modules(package):
    module = importlib.import_module(package)
    names = set(told(module))
    # Importing such a module would put it in the place of the name.
    assert names.isdisjoint(found.name for found in iter_modules(module.__path__))
    for name in names:
        assert getattr(module, name) is getattr(module, name)
    with pytest.raises(AttributeError, match=f"{package!r} has no attribute 'nothing'"):
        _ = module.nothing


def test_the_package_says_once_more_what_it_shows():
    module = importlib.import_module("lipbridge")
    assert set(told(module)) == set(module.__all__) <= set(dir(module))
