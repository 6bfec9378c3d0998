"""Tiny random checkpoints, shared by the tests that read one."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def tiny_script() -> ModuleType:
    """The example script that writes random checkpoints."""
    path = Path(__file__).parents[1] / "examples" / "make_tiny_checkpoints.py"
    spec = importlib.util.spec_from_file_location("make_tiny_checkpoints", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def tiny_checkpoints(tiny_script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny checkpoint of every preset."""
    out = tmp_path_factory.mktemp("tiny")
    tiny_script.main([str(out)])
    return out
