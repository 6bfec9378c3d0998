"""The main job through the real command line: spec → theorem → comparison, and tampering."""

from __future__ import annotations

import html
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.support import ROOT, edit, forge, forge_json, lipbridge, lipbridge_json

pytestmark = pytest.mark.lean

EXAMPLE = ROOT / "examples" / "matrix3x3.lip"
SIGMA = 9.101114157453516


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The 3×3 example, run once; the folder is not to be changed."""
    folder = tmp_path_factory.mktemp("run") / "export"
    page = folder.with_suffix(".html")
    return folder, lipbridge_json("run", EXAMPLE, "--out", folder, "--html", page)


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


def test_the_page_shows_statements_and_what_they_rest_on(done: tuple[Path, Any]) -> None:
    folder, result = done
    page = html.unescape(folder.with_suffix(".html").read_text("utf-8"))
    for theorem in result["export"]["networks"][0]["theorems"]:
        assert f"<b>{theorem['name']}</b> : {theorem['statement']}" in page
        assert f"<summary>{theorem['summary']}</summary>" in page
    assert result["sentence"] in page
    assert f"lipbridge check {folder} --recheck" in page
    assert "Axioms: none." in page


def test_a_copy_elsewhere_is_checked_again(copy: Path) -> None:
    result = lipbridge_json("check", copy)
    assert result["ok"]
    assert set(result) >= {"checker", "lean", "ok", "modules", "theorems", "sorries"}
    assert set(result["modules"][0]) >= {"name", "ok", "seconds", "messages"}
    assert set(result["theorems"][0]) >= {"name", "statement", "axioms"}


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
    name = "tensors/matrix3x3/mix_weight.json"
    forge(copy, name, (copy / name).read_text("utf-8").replace("[3,-1,2]", "[3,-1,3]"))
    assert "tensors/matrix3x3/mix_weight.json: not the numbers" in failure(copy)


@pytest.mark.parametrize("field", ["T", "c", "d", "epsilon", "e"])
def test_a_changed_certificate_field_is_refused(copy: Path, field: str) -> None:
    def change(data: Any) -> None:
        data[field] += -1 if field == "T" else 1

    forge_json(copy, "certificates/matrix3x3/mix_weight.json", change)
    assert "certificate" in failure(copy)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        # The theorem still holds with a larger constant, and the zero function has it too.
        ("Matrix3x3/Network.lean", "def matrix3x3_N : Nat := 9", "def matrix3x3_N : Nat := 99"),
        ("Matrix3x3/Network.lean", "LipBridge.relu\n", "fun _ _ => zero\n"),
        ("Matrix3x3/Network.lean", "namespace", "axiom cheat : False\n\nnamespace"),
        ("LipBridge/Layers/Relu.lean", "sup (x i) zero", "zero"),
        ("core/Init.lean", "namespace Lean", "axiom cheat : False\n\nnamespace Lean"),
    ],
)
def test_changed_lean_is_refused_where_it_was_changed(
    copy: Path, path: str, old: str, new: str
) -> None:
    edit(copy, path, old, new)
    assert re.search(rf"{path}:\d+: not what lipbridge writes", failure(copy))


def test_compare_takes_nothing_but_what_lipbridge_writes(copy: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.png"
    result = lipbridge_json("compare", copy, "--plot", plot)
    assert result["networks"][0]["lipschitz"]["upper"] >= SIGMA
    assert plot.read_bytes().startswith(b"\x89PNG")
    edit(copy, "Matrix3x3/Network.lean", "(ofNat 1) (ofNat 1)", "(ofNat 1) (ofNat 2)")
    finished = lipbridge("compare", copy)
    assert finished.returncode == 1
    assert "Matrix3x3/Network.lean" in finished.stderr
    # What cannot become a plot is said before the work.
    finished = lipbridge("compare", copy, "--plot", tmp_path / "plot.txt")
    assert (finished.returncode, "cannot plot to" in finished.stderr) == (2, True)


def test_stubs_are_marked_counted_and_refused(tmp_path: Path) -> None:
    folder = tmp_path / "stubs"
    exported = lipbridge_json("export", EXAMPLE, "--out", folder, "--stubs")
    assert exported["stubs"]
    result = lipbridge_json("check", folder, code=1)
    assert result["sorries"] > 0
    assert not result["ok"]
    assert "not proved" in lipbridge("check", folder, "--allow-sorry").stdout
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
