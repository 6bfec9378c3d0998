"""Exports with a few files of the library: enough where Lean is not asked, and much faster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lipbridge.data import library_files
from lipbridge.emit.export import assemble, read_export

_FILES = ("LipBridge.lean", "LipBridge/Layers/Relu.lean", "core/Init.lean", "lean-toolchain")


@contextmanager
def small_library() -> Iterator[None]:
    """Have exports written and read with these files as the whole library."""
    files = {name: library_files()[name] for name in _FILES}
    with pytest.MonkeyPatch.context() as patch:
        for module in (assemble, read_export):
            patch.setattr(module, "library_files", lambda: files)
        yield
