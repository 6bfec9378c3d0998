"""Exports made by somebody who wants ``check`` to say yes to something that is not so."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from lipbridge import pipeline
from tests.e2e.support import ROOT

pytestmark = pytest.mark.lean


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cheats") / "export"
    pipeline.export(ROOT / "examples" / "matrix3x3.lip", None, folder)
    return folder


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "copy")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace text in a file, and its digest in the manifest too."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    changed = text.replace(old, new)
    (folder / name).write_text(changed, "utf-8")
    manifest = json.loads((folder / "lipbridge.json").read_text())
    manifest["files"][name] = hashlib.sha256(changed.encode()).hexdigest()
    (folder / "lipbridge.json").write_text(json.dumps(manifest))


def reasons(folder: Path) -> str:
    """Why the check fails."""
    result = pipeline.check_export(folder, checker="embedded")
    assert not result.ok
    return "\n".join(result.failures)


NETWORK = "Matrix3x3/Network.lean"


def test_a_second_meaning_of_lipschitz(copy):
    edit(
        copy,
        NETWORK,
        "theorem mix_sqLipschitz",
        "def SqLipschitz (n m P Q f : Nat) : Prop := True\n\ntheorem mix_sqLipschitz",
    )
    assert "Matrix3x3.SqLipschitz takes a name of the library" in reasons(copy)


def test_code_that_would_run_while_compiling(copy, tmp_path):
    target = tmp_path / "target"
    code = f'#eval IO.FS.writeFile "{target}" "x"\n\nuniverse u\n'
    edit(copy, NETWORK, "universe u\n", code)
    assert "'#' is not allowed" in reasons(copy)
    assert not target.exists()


def test_the_kernel_told_to_look_away(copy):
    edit(copy, NETWORK, "universe u\n", "set_option debug.skipKernelTC true\n\nuniverse u\n")
    assert "option 'debug.skipKernelTC' is not allowed" in reasons(copy)


def test_an_unsound_core(copy):
    edit(copy, "core/Init.lean", "axiom sorryAx", "axiom lie {a : Prop} : a\n\naxiom sorryAx")
    assert "core/Init.lean: not the library's file" in reasons(copy)


def test_a_weaker_library(copy):
    edit(copy, "LipBridge/Lipschitz/Basic.lean", "structure Lipschitz", "structure Lipschitz'")
    assert "LipBridge/Lipschitz/Basic.lean: not the library's file" in reasons(copy)


def test_a_module_smuggled_in(copy):
    (copy / "Extra.lean").write_text("axiom extra {a : Prop} : a\n")
    edit(copy, NETWORK, "import LipBridge\n", "import LipBridge\nimport Extra\n")
    assert f"{NETWORK}: import of Extra, which lipbridge.json does not list" in reasons(copy)


def test_a_core_of_ones_own_under_cover_of_stubs(tmp_path):
    folder = tmp_path / "theory"
    pipeline.theory(folder, stubs=True)
    edit(folder, "core/Init.lean", "axiom sorryAx", "axiom lie {a : Prop} : a\n\naxiom sorryAx")
    result = pipeline.check_export(folder, checker="embedded", allow_sorry=True)
    assert result.failures == (
        "core/Init.lean: not the library's file; restore it, or export again",
    )
