"""LipSDP of a hidden layer: proved, reported as the best bound, and refused where tampered with."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

import lipbridge
from tests.e2e.support import edit, forge_json, lipbridge_json
from tests.e2e.test_tighter import reasons

pytestmark = pytest.mark.lean


def spec() -> str:
    """Wide enough that a check which unfolds a layer's sum would run out of its budget."""
    rng = random.Random(0)
    base = [rng.randint(-6, 6) for _ in range(96)]
    rows = [[entry + rng.randint(-3, 3) for entry in base] for _ in range(4)]
    return (
        f"network wide input 2 x 96 mean_pool a: linear 4 weight = {rows} bias = [1, -2, 3, 0]\n"
        "leaky_relu 1/8 c: linear 3 weight = [[3, -1, 2, 1], [-2, 7, 1, 3], [5, -3, -1, 0]]\n"
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Run once; the folder is not to be changed."""
    folder = tmp_path_factory.mktemp("lipsdp")
    (folder / "wide.lip").write_text(spec())
    return folder / "export", lipbridge_json("run", folder / "wide.lip", "--out", folder / "export")


@pytest.fixture
def copy(done: tuple[Path, Any], tmp_path: Path) -> Path:
    return Path(shutil.copytree(done[0], tmp_path / "copy"))


def test_it_is_proved_and_is_the_best(done: tuple[Path, Any]) -> None:
    _, result = done
    assert result["check"]["ok"], result["check"]["failures"]
    proved = {theorem["name"]: theorem["axioms"] for theorem in result["check"]["theorems"]}
    assert proved["Wide.wide_lipsdp_lipschitz"] == []
    (report,) = result["reports"]
    assert report["best"] == "lipsdp"
    uppers = {a["name"]: a["upper"] for a in report["alternatives"]}
    assert report["lipschitz"]["lower"] <= uppers["lipsdp"]
    assert uppers["lipsdp"] < uppers["rescaled"] < uppers["product"]
    best = report["alternatives"][-1]
    assert best["assurance"] == "kernel-checked"
    assert best["symbolic"] == "1/sqrt(b)*σ([D₁·a, c·D₁⁻¹])²"


def test_bound_finds_it_too(done: tuple[Path, Any]) -> None:
    found = lipbridge_json("bound", done[0].parent / "wide.lip")
    wanted = {a["name"]: a["upper"] for a in done[1]["reports"][0]["alternatives"]}
    assert {a["name"]: a["upper"] for a in found["alternatives"]} == pytest.approx(wanted, rel=1e-4)
    assert found["best"] == "lipsdp"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda w: w["units"][0].__setitem__(0, 1), "weights_sha256"),
        (lambda w: w["factors"].__setitem__(0, 10 * w["factors"][0] + 1), "weights_sha256"),
        (lambda w: w["units"][0].pop(), "units are needed"),
        (lambda w: w["factors"].pop(), "one factor for each map"),
    ],
)
def test_changed_weights_are_refused(copy: Path, change: Any, reason: str) -> None:
    forge_json(copy, "tighter/wide.json", lambda d: change(d["weights"]["leaky_relu1"]))
    assert reason in reasons(copy)


def test_a_changed_bound_of_the_stack_is_refused(copy: Path) -> None:
    lean = "Wide/Data/c_weighted.lean"
    text = (copy / lean).read_text("utf-8")
    old = next(line for line in text.splitlines() if line.startswith("def c_weighted_T"))
    edit(copy, lean, old, f"{old[:-1]}{(int(old[-1]) + 1) % 10}")
    assert lean in reasons(copy)


def test_given_activations_are_stacked_too(tmp_path: Path) -> None:
    (tmp_path / "smooth.lip").write_text(
        "network smooth input 3 a: linear 3 weight = [[3, -1, 2], [-2, 7, 1], [5, -3, -1]] tanh "
        "b: linear 2 weight = [[1, -2, 3], [4, 1, -1]] sigmoid "
        "c: linear 2 weight = [[2, -1], [1, 3]]\n"
    )
    result = lipbridge_json("run", tmp_path / "smooth.lip", "--out", tmp_path / "export")
    assert result["check"]["ok"], result["check"]["failures"]
    (report,) = result["reports"]
    assert report["best"] == "lipsdp"
    best = report["alternatives"][-1]
    assert best["symbolic"] == "1/4*σ([D₁·a, D₂·b·D₁⁻¹, c·D₂⁻¹])³"
    assert best["assurance"] == "kernel-checked"
    assert report["lipschitz"]["lower"] <= best["upper"] < report["alternatives"][0]["upper"] / 1.1
    text = (tmp_path / "export/Smooth/Tighter.lean").read_text("utf-8")
    assert "SlopeWithin 1 4 sigmoid1_t" in text


BLOCKS = (
    "network blocks input 3 a: linear 4 weight = [[3, -1, 2], [-2, 7, 1], [5, -3, -1], [1, 0, 2]] "
    "gelu b: linear 3 weight = [[1, -2, 3, 0], [4, 1, -1, 1], [0, 2, 1, -1]] "
    "hardswish e: linear 3 weight = [[1, 0, -1], [1, 1, 1], [0, -2, 1]] "
    "residual { c: linear 2 weight = [[1, 2, -1], [-1, 1, 1/2]] relu "
    "d: linear 3 weight = [[1, -1], [-1/2, 1], [1, 1]] }\n"
)


def test_falling_activations_and_residual_blocks_are_bordered(tmp_path: Path) -> None:
    (tmp_path / "blocks.lip").write_text(BLOCKS)
    result = lipbridge_json("run", tmp_path / "blocks.lip", "--out", tmp_path / "export")
    assert result["check"]["ok"], result["check"]["failures"]
    (report,) = result["reports"]
    assert report["best"] == "lipsdp"
    product, best = report["alternatives"][0], report["alternatives"][-1]
    assert best["symbolic"] == (
        "σ([[D₁·a, 0, 0], [1/2·D₂·b·a, r₁·D₂·b·D₁⁻¹, 0], "
        "[1/4·e·b·a, 1/2·r₁·e·b·D₁⁻¹, r₂·e·D₂⁻¹]])*σ([[D₃·c, 0], [1/2·d·c + 1, r·d·D₃⁻¹]])"
    )
    assert best["assurance"] == "kernel-checked"
    assert report["lipschitz"]["lower"] <= best["upper"] < product["upper"] / 1.1
    text = (tmp_path / "export/Blocks/Network.lean").read_text("utf-8")
    assert "SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t" in text

    def halve(data: Any) -> None:
        data["weights"]["gelu1"]["factors"][1] //= 2

    forge_json(tmp_path / "export", "tighter/blocks.json", halve)
    assert "weights_sha256" in reasons(tmp_path / "export")


def test_a_residual_module_is_bounded_by_it() -> None:
    torch.manual_seed(0)

    class Block(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.up, self.down = torch.nn.Linear(4, 6), torch.nn.Linear(6, 4)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x + self.down(torch.nn.functional.silu(self.up(x)))

    report = lipbridge.bound(Block(), torch.zeros(4))
    found = {bound.name: bound.constant for bound in report.alternatives}
    assert report.total.lower <= found["lipsdp"] < found["product"]


def test_every_score_and_difference_has_a_certificate(done: tuple[Path, Any]) -> None:
    folder, result = done
    proved = {theorem["name"]: theorem["axioms"] for theorem in result["check"]["theorems"]}
    assert proved["Wide.wide_scores"] == proved["Wide.wide_pairs"] == []
    (report,) = result["reports"]
    assert report["scores"]["assurance"] == "kernel-checked"
    assert report["scores"]["pair"] < 0.95 * table_pair(folder)


def table_pair(folder: Path) -> float:
    """The largest difference by the product of norms."""
    rows = [[3, -1, 2, 1], [-2, 7, 1, 3], [5, -3, -1, 0]]
    certificate = json.loads((folder / "certificates/wide/a_weight.json").read_text())
    norm = (certificate["T"] / certificate["c"] ** 2) ** 0.5 / 2**0.5
    gaps = [sum((a - b) ** 2 for a, b in zip(r, s, strict=True)) ** 0.5 for r in rows for s in rows]
    return norm * max(gaps)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda r: r.update(scale=r["scale"] * 99 // 100), "exceeds epsilon"),
        (lambda r: r["units"].__setitem__(0, 47), "not a divisor"),
        (lambda r: r["units"].pop(), "not a divisor of 61261200 for each hidden unit"),
        (lambda r: r["witness"]["L"].pop(), "L has "),
        (lambda r: r["witness"].update(epsilon=-1), "epsilon = -1 is negative"),
        (lambda r: r.update(second=0), "a number is not positive"),
        (lambda r: r.update(extra=1), "unknown field"),
    ],
)
def test_changed_rows_are_refused(copy: Path, change: Any, reason: str) -> None:
    forge_json(
        copy, "tighter/wide.json", lambda d: change(d["claims"]["scores"]["certificates"][1])
    )
    assert reason in reasons(copy)
