"""The notebook runs from first cell to last, and shows what it promises."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

from tests.e2e.support import ROOT

pytestmark = pytest.mark.lean


@pytest.mark.filterwarnings("ignore")
def test_from_a_torch_module_to_a_theorem() -> None:
    path = ROOT / "examples" / "torch_to_theorem.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "kept without outputs"
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": ROOT}}).execute()
    shown = str([cell.get("outputs", []) for cell in notebook.cells])
    assert "network scorer" in shown
    assert "Proved, and checked by the Lean kernel without any axiom" in shown
    assert "<table>" in shown
    assert "steps certified" in shown
