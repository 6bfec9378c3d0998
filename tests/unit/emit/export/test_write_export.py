"""Writing an export: what was there before comes back where something fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lipbridge.emit import theory_project, write_folder
from lipbridge.errors import ExportError
from tests.small_library import small_library


@pytest.mark.parametrize("step", [1, 2])
def test_an_export_that_cannot_be_replaced_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    folder, calls = tmp_path / "export", list[str]()
    with small_library():
        files = theory_project(stubs=False).files
    write_folder(folder, files)
    replace = os.replace

    def failing(source: Path, target: Path) -> None:
        calls.append(str(source))
        if len(calls) == step:
            raise OSError(5, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(ExportError, match=r"cannot write .*: Input/output error"):
        write_folder(folder, files)
    assert [path.name for path in tmp_path.iterdir()] == ["export"]
    assert (folder / "README.md").read_text("utf-8") == files["README.md"]
