"""Layers that rational arithmetic does not have: norms and smooth activations, kernel-checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.support import lipbridge, lipbridge_json

SPEC = """
network head
input 3
query: linear 2 weight=[[1/2, 0, 3], [1, 1, 0.25]] bias=[1, 2]
norm: rms_norm gain=[1/8, -1/4] eps=1e-6 offset=1
residual { ln: layer_norm gain=[1, 1/2] bias=[0, 3] eps=1/100 tanh }
sum { sigmoid } { gelu } { silu } { abs }
score: dot 2 keys=[[1, -2], [3, 1]]
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "head.lip"
    path.write_text(SPEC)
    return path


@pytest.mark.lean
def test_norms_and_activations_are_proved(spec: Path, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    result = lipbridge_json("run", spec, "--out", folder)
    assert result["check"]["ok"]
    assert result["check"]["sorries"] == 0
    statements = {t["name"]: t["statement"] for t in result["check"]["theorems"]}
    assert "RmsFactor" in statements["Head.head_lipschitz"]
    assert "SlopeBetween" in statements["Head.head_lipschitz"]
    assert all(theorem["axioms"] == [] for theorem in result["check"]["theorems"])
    assert "given functions" in result["sentence"]
    assert "one" in statements["Head.head_point1"]
    rows = {row["name"]: row for row in result["reports"][0]["layers"]}
    assert rows["norm"]["upper"] == pytest.approx(1125)  # 1.125/√1e-6
    assert rows["norm"]["lower"] == pytest.approx(1125)
    network = folder / "Head" / "Network.lean"
    text = network.read_text("utf-8")
    old, new = "Nat.mul 81 (Nat.mul 1000000 2)", "Nat.mul 80 (Nat.mul 1000000 2)"
    assert old in text
    network.write_text(text.replace(old, new).replace("(p := 81)", "(p := 80)"), "utf-8")
    refused = lipbridge("check", folder)
    assert refused.returncode == 1
    assert "Head/Network.lean" in refused.stderr


@pytest.mark.lean
def test_a_norm_of_long_vectors_has_their_constant(tmp_path: Path) -> None:
    """max|g + c|/√(r²/d + ε), 5/4·√2·2/5 to six digits; the length cannot be raised afterwards."""
    path, folder = tmp_path / "long.lip", tmp_path / "export"
    path.write_text(
        "network long\ninput 2\nnorm: rms_norm gain=[1/4, -1/4] eps=1e-9 offset=1 at_least=5/2\n"
    )
    result = lipbridge_json("run", path, "--out", folder)
    assert result["check"]["ok"]
    taken = "with ‖input of norm‖ taken at least 5/2 (the model's function only where that is so)"
    assert f"‖x − y‖, {taken} (the steepest slope found" in result["sentence"]
    assert taken == result["reports"][0]["altered"]
    readme = (folder / "README.md").read_text("utf-8").splitlines()
    constants = [line for line in readme if "`: Lip(long) ≤" in line]
    assert constants
    assert all(taken in line for line in constants)
    (theorem,) = (t for t in result["check"]["theorems"] if t["name"] == "Long.long_lipschitz")
    assert theorem["axioms"] == []
    assert "RmsFactorAtLeast" in theorem["statement"]
    (row,) = result["reports"][0]["layers"]
    assert row["lower"] <= 2**0.5 / 2 <= row["upper"] * (1 + 1e-9)
    assert row["upper"] == pytest.approx(2**0.5 / 2, rel=1e-6)
    network = folder / "Long" / "Network.lean"
    text = network.read_text("utf-8")
    assert "(a := 5)" in text
    network.write_text(text.replace("Nat.mul 5 5", "Nat.mul 6 6").replace("(a := 5)", "(a := 6)"))
    refused = lipbridge("check", folder)
    assert refused.returncode == 1
    assert "Long/Network.lean" in refused.stderr


def test_what_is_said_of_single_scores_names_the_norms_taken_at_least_so_long(
    tmp_path: Path,
) -> None:
    (tmp_path / "n.lip").write_text(
        "network n input 3 norm: rms_norm gain=[1/4, -1/4, 1] eps=1/100 at_least=5/2 "
        "a: linear 3 weight=[[3, -1, 2], [-2, 7, 1], [5, -3, -1]] bias=[1, 0, -1] relu "
        "score: linear 2 weight=[[1, -2, 1], [0, 1, 3]]"
    )
    assert lipbridge("export", tmp_path / "n.lip", "--out", tmp_path / "n").returncode == 0
    text = " ".join((tmp_path / "n" / "N" / "Tighter.lean").read_text("utf-8").split())
    told = re.findall(r"(Score \d|Every score|The difference|Every difference)(.*?) -/", text)
    assert len(told) >= 5
    for which, said in told:
        assert "with ‖input of norm‖ taken at least 5/2" in said, which


def test_their_constants_are_derived(spec: Path) -> None:
    result = lipbridge_json("derive", spec)
    assert result["symbols"]["‖g‖∞"] == "largest |entry + 1| of norm.gain (2 entries)"
    assert result["symbols"]["ε"] == "1/1000000"
    assert "\\lVert g \\rVert_{\\infty}" in result["latex"]


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        ("rms_norm gain=[1, 1] eps=1", "1×2, but 1×3"),
        ("rms_norm gain=[1, 1, 1] eps=0", "must be positive"),
        ("rms_norm gain=[1, 1, 1] eps=1 offset=1/2", "must be an integer"),
        ("rms_norm gain=[1, 1, 1] eps=1 at_least=-1", "is a length"),
        ("layer_norm gain=[1, 1, 1]", "lacks eps"),
    ],
)
def test_bad_norms_are_refused(tmp_path: Path, layer: str, said: str) -> None:
    path = tmp_path / "bad.lip"
    path.write_text(f"network n\ninput 3\n{layer}\n")
    done = lipbridge("derive", path)
    assert done.returncode == 2
    assert said in done.stderr
