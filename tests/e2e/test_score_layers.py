"""Block maxima, clamping, Hadamard and rotary transforms and softmax, kernel-checked."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from tests.e2e.support import ROOT, lipbridge, lipbridge_json

EXACT = """
network scores
input 4
hadamard
scale 1/2
clamp low=-7/3 high=100
block_max 2
"""

GIVEN = """
network turned
input 5
rotary 2 position=7
softmax
"""


@pytest.mark.lean
def test_exact_ones_are_proved_with_their_values(tmp_path: Path) -> None:
    path = tmp_path / "scores.lip"
    path.write_text(EXACT)
    result = lipbridge_json("run", path, "--out", tmp_path / "export")
    assert result["check"]["ok"]
    names = {theorem["name"] for theorem in result["check"]["theorems"]}
    assert {"Scores.scores_lipschitz", "Scores.scores_point1"} <= names
    assert all(theorem["axioms"] == [] for theorem in result["check"]["theorems"])
    rows = {row["name"]: row for row in result["reports"][0]["layers"]}
    assert rows["hadamard1"]["upper"] == pytest.approx(2)
    assert rows["clamp1"]["upper"] == rows["block_max1"]["upper"] == 1


@pytest.mark.lean
def test_given_ones_are_proved_under_their_premises(tmp_path: Path) -> None:
    path = tmp_path / "turned.lip"
    path.write_text(GIVEN)
    folder = tmp_path / "export"
    result = lipbridge_json("run", path, "--out", folder)
    assert result["check"]["ok"]
    statements = {t["name"]: t["statement"] for t in result["check"]["theorems"]}
    assert "rotary1_t" in statements["Turned.turned_lipschitz"]
    assert "softmax1_t" in statements["Turned.turned_lipschitz"]
    assert "given functions" in result["sentence"]
    rows = {row["name"]: row for row in result["reports"][0]["layers"]}
    assert rows["softmax1"]["upper"] == 0.5
    assert rows["rotary1"]["upper"] == 1
    # A smaller constant than the premise gives is refused.
    network = folder / "Turned" / "Network.lean"
    text = network.read_text("utf-8")
    assert "Nat.mul 2 2" in text
    network.write_text(text.replace("Nat.mul 2 2", "Nat.mul 3 3"), "utf-8")
    assert lipbridge("check", folder).returncode != 0


@pytest.mark.parametrize(
    ("input", "layer", "said"),
    [
        ("5", "block_max 2", "multiple of 2"),
        ("2 x 2", "block_max 2", "needs a vector"),
        ("3", "clamp low=1 high=1", "must be less than high"),
        ("3", "clamp low=1", "lacks high"),
        ("6", "hadamard", "power of two"),
        ("3", "rotary 2", "rotates 4 entries"),
        ("4", "rotary 2 base=0", "must be positive"),
        ("1", "softmax", "always 1"),
    ],
)
def test_bad_ones_are_refused(tmp_path: Path, input: str, layer: str, said: str) -> None:
    path = tmp_path / "bad.lip"
    path.write_text(f"network n\ninput {input}\n{layer}\n")
    result = lipbridge("derive", path)
    assert result.returncode != 0
    assert said in " ".join(result.stderr.split())


@pytest.mark.lean
def test_a_gated_unit_is_proved_on_its_ball(tmp_path: Path) -> None:
    result = lipbridge_json("run", ROOT / "examples/gated_unit.lip", "--out", tmp_path / "export")
    assert result["check"]["ok"]
    total = result["reports"][0]["lipschitz"]
    assert total["assurance"] == "kernel-checked"
    assert 0 < total["lower"] <= total["upper"]
    # ρ_g·K_f + ρ_f·K_g with σ of both branches, ρ_f = 2σ₁, ρ_g = 2σ₂ + ‖b‖, then the last layer.
    rows = {row["name"]: row["upper"] for row in result["reports"][0]["layers"]}
    first, second = rows["linear1"], rows["linear2"]
    bias = (1 + 1 / 16) ** 0.5
    assert rows["unit"] == pytest.approx(first * (2 * second + bias) + 2 * first * second)


@pytest.mark.lean
def test_the_gated_mlp_of_the_page_is_proved_under_a_premise_at_0(tmp_path: Path) -> None:
    page = (ROOT / "docs/language.md").read_text("utf-8")
    spec = next(b for b in re.findall(r"^```\n(.*?)^```$", page, re.M | re.S) if "swiglu" in b)
    (tmp_path / "n.lip").write_text(spec.replace("64", "3").replace("96", "2"))
    gate, up, down = ((torch.arange(6.0) + k).reshape(rows, -1) for k, rows in enumerate((2, 2, 3)))
    named = {"gate": gate, "up": up, "down": down}
    weights = {f"mlp.{name}_proj.weight": tensor for name, tensor in named.items()}
    save_file(weights, tmp_path / "w.safetensors")
    arguments = (tmp_path / "n.lip", "--weights", tmp_path / "w.safetensors")
    result = lipbridge_json("run", *arguments, "--out", tmp_path / "export")
    statements = {t["name"]: t["statement"] for t in result["check"]["theorems"]}
    assert result["check"]["ok"]
    # Its length is bounded because the given function is 0 at 0; its slope needs no such thing.
    assert "silu1_t zero" in statements["Swiglu.swiglu_lipschitz"]
    assert "silu1_t zero" not in statements["Swiglu.product1_branch1_lipschitz"]
    norms = [float(torch.linalg.matrix_norm(w.double(), 2)) for w in (gate, up, down)]
    rows = {row["name"]: row for row in result["reports"][0]["layers"]}
    assert rows["product1"]["upper"] == pytest.approx(2 * 8 * 1.1 * norms[0] * norms[1])
    total = result["reports"][0]["lipschitz"]
    assert total["lower"] <= total["upper"] == pytest.approx(17.6 * math.prod(norms))


def test_a_gate_that_is_not_0_at_0_bounds_no_length(tmp_path: Path) -> None:
    spec = tmp_path / "n.lip"
    spec.write_text("network n input x 2 norm <= 1 product { from x sigmoid } { from x }")
    done = lipbridge("bound", spec)
    assert done.returncode == 2 and "nothing bounds the values of its branch 1" in done.stderr


def test_a_product_of_unbounded_branches_is_refused(tmp_path: Path) -> None:
    spec = tmp_path / "n.lip"
    spec.write_text("network n input x 2 product { from x } { from x relu }")
    done = lipbridge("bound", spec)
    assert done.returncode == 2 and "nothing bounds the values of its branch 1" in done.stderr
