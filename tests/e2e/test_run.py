"""The main job through the real command line: spec → theorem → comparison, and tampering."""

from __future__ import annotations

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.support import ROOT, lipbridge, lipbridge_json

pytestmark = pytest.mark.lean

EXAMPLE = ROOT / "examples" / "matrix3x3.lip"
SIGMA = 9.101114157453516


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The 3×3 example, run once; the folder is not to be changed."""
    folder = tmp_path_factory.mktemp("run") / "export"
    return folder, lipbridge_json("run", EXAMPLE, "--out", folder)


@pytest.fixture
def copy(done: tuple[Path, Any], tmp_path: Path) -> Path:
    """A copy of the export in another folder."""
    return Path(shutil.copytree(done[0], tmp_path / "elsewhere"))


def test_the_example_is_proved(done: tuple[Path, Any]) -> None:
    folder, result = done
    assert result["check"]["ok"]
    assert result["check"]["sorries"] == 0
    names = [theorem["name"] for theorem in result["check"]["theorems"]]
    assert "Matrix3x3.matrix3x3_lipschitz" in names
    assert all(theorem["axioms"] == [] for theorem in result["check"]["theorems"])
    total = result["reports"][0]["lipschitz"]
    assert total["assurance"] == "kernel-checked"
    assert SIGMA <= float(Fraction(total["upper_exact"])) < SIGMA * (1 + 1e-6)
    assert SIGMA * (1 - 1e-6) < total["lower"] <= total["upper"]
    assert "without any axiom" in result["sentence"]
    assert (folder / "lakefile.toml").is_file()
    assert (folder / "lean-toolchain").read_text() == "leanprover/lean4:v4.35.0\n"


def test_a_copy_elsewhere_is_checked_again(copy: Path) -> None:
    result = lipbridge_json("check", copy)
    assert result["ok"]
    assert set(result) >= {"checker", "lean", "ok", "modules", "theorems", "sorries"}
    assert set(result["modules"][0]) >= {"name", "ok", "seconds", "messages"}
    assert set(result["theorems"][0]) >= {"name", "statement", "axioms"}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def failure(folder: Path) -> str:
    finished = lipbridge("check", folder)
    assert finished.returncode == 1, finished.stdout + finished.stderr
    return finished.stdout + finished.stderr


def bump_hexadecimal(path: Path, after: str) -> None:
    """Change one digit of the first hexadecimal literal after a marker."""
    text = path.read_text("utf-8")
    start = text.index(after)
    found = re.compile(r"0x[0-9a-f]*?([0-9a-f])(?![0-9a-f])").search(text, start)
    assert found
    digit = "%x" % (int(found[1], 16) ^ 1)
    path.write_text(text[: found.start(1)] + digit + text[found.end(1) :], "utf-8")


def test_a_changed_weight_in_lean_is_refused(copy: Path) -> None:
    bump_hexadecimal(copy / "Matrix3x3/Data/mix_weight.lean", "mix_weight_rows")
    assert "Data/mix_weight.lean" in failure(copy)


def test_a_changed_weight_beside_it_is_refused(copy: Path) -> None:
    edit(copy / "tensors/matrix3x3/mix_weight.json", "[3,-1,2]", "[3,-1,3]")
    assert "weights_sha256" in failure(copy)


@pytest.mark.parametrize("field", ["T", "c", "d", "epsilon", "e"])
def test_a_changed_certificate_field_is_refused(copy: Path, field: str) -> None:
    path = copy / "certificates/matrix3x3/mix_weight.json"
    data = json.loads(path.read_text())
    value = str(data[field])
    last = value[-1]
    data[field] = type(data[field])(value[:-1] + ("1" if last != "1" else "2"))
    path.write_text(json.dumps(data))
    assert "certificate" in failure(copy)


def test_a_weaker_statement_is_refused(copy: Path) -> None:
    """The theorem still holds with a larger N, but it is not what the certificate claims."""
    path = copy / "Matrix3x3/Network.lean"
    text = path.read_text("utf-8")
    found = re.search(r"def matrix3x3_N : Nat := (\d+)", text)
    assert found
    edit(path, found[0], f"def matrix3x3_N : Nat := {int(found[1]) + 1}")
    assert "matrix3x3_lipschitz" in failure(copy)


def test_a_stronger_statement_does_not_compile(copy: Path) -> None:
    path = copy / "Matrix3x3/Network.lean"
    text = path.read_text("utf-8")
    found = re.search(r"def matrix3x3_N : Nat := (\d+)", text)
    assert found
    edit(path, found[0], f"def matrix3x3_N : Nat := {int(found[1]) - 10**6}")
    assert "Matrix3x3.Network" in failure(copy)


def test_another_network_under_the_same_name_is_refused(copy: Path) -> None:
    """The zero function has that constant too; the claim is about the real one."""
    path = copy / "Matrix3x3/Network.lean"
    text = path.read_text("utf-8")
    edit(path, "LipBridge.relu\n", "fun _ _ => zero\n")
    edit(
        path,
        "LipBridge.relu_sqLipschitz 3",
        "SqLipschitz.ofLe (fun _ y => le_via (distSq_nonneg 3 y y) sorry sorry)",
    )
    assert text != path.read_text("utf-8")
    assert "sorry" in failure(copy) or "relu1" in failure(copy)


def test_an_axiom_is_refused(copy: Path) -> None:
    path = copy / "Matrix3x3/Network.lean"
    edit(path, "namespace Matrix3x3", "axiom cheat : False\n\nnamespace Matrix3x3")
    assert "axiom" in failure(copy)


def test_a_changed_library_is_refused(copy: Path) -> None:
    edit(copy / "LipBridge/Layers/Relu.lean", "sup (x i) zero", "zero")
    assert "LipBridge/Layers/Relu.lean" in failure(copy)


def test_a_changed_core_is_refused(copy: Path) -> None:
    path = copy / "core/Init.lean"
    path.write_text(path.read_text("utf-8") + "\naxiom cheat : False\n", "utf-8")
    assert "core/Init.lean" in failure(copy)


def test_compare_reads_the_lean_source(copy: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.png"
    result = lipbridge_json("compare", copy, "--plot", plot)
    assert result["networks"][0]["lipschitz"]["upper"] >= SIGMA
    assert plot.read_bytes().startswith(b"\x89PNG")
    edit(copy / "Matrix3x3/Network.lean", "def relu1_Q : Nat := 1", "def relu1_Q : Nat := 2")
    finished = lipbridge("compare", copy)
    assert finished.returncode == 1
    assert "was derived" in finished.stderr


def test_stubs_are_marked_counted_and_refused(tmp_path: Path) -> None:
    folder = tmp_path / "stubs"
    exported = lipbridge_json("export", EXAMPLE, "--out", folder, "--stubs")
    assert exported["stubs"]
    result = lipbridge_json("check", folder, code=1)
    assert result["sorries"] > 0
    assert not result["ok"]
    allowed = lipbridge_json("check", folder, "--allow-sorry")
    assert allowed["ok"]
    assert allowed["sorries"] == result["sorries"]
    assert any("sorryAx" in theorem["axioms"] for theorem in allowed["theorems"])


def test_an_export_is_replaced_only_if_unchanged(copy: Path) -> None:
    assert lipbridge("export", EXAMPLE, "--out", copy).returncode == 0
    (copy / "notes.txt").write_text("mine")
    finished = lipbridge("export", EXAMPLE, "--out", copy)
    assert finished.returncode == 2
    assert "notes.txt" in finished.stderr
    assert (copy / "notes.txt").read_text() == "mine"
