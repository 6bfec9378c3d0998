"""Merged, rescaled and single-score theorems: proved, reported, and refused where tampered with."""

from __future__ import annotations

import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from lipbridge import pipeline
from lipbridge.emit.data import tiles
from lipbridge.errors import LipBridgeError
from tests.e2e.support import edit, forge, forge_json, lipbridge, lipbridge_json

pytestmark = pytest.mark.lean

SPEC = """
network small
input 3
a: linear 4 weight = [[3, -1, 2], [-2, 7, 1], [5, -3, -1], [1, 1, 20]] bias = [1, 2, 3, 4]
b: linear 3 weight = [[1/2, -1, 2, 0], [0, 7, 1, 1], [5, -3, -1/4, 3]] bias = [1, 0, 1]
relu
c: linear 3 weight = [[3, -1, 2], [-2, 7, 1], [5, -3, -1]]
leaky_relu 1/8
d: dot 2 keys = [[1, 2, 3], [0, 1, -1/3]]
abs
e: linear 2 weight = [[1, 2], [2, -9]]
f: linear 3 weight = [[1, 0], [1, 1], [0, -5]] bias = [1, 2, 3]
"""
TIGHTER = "Small/Tighter.lean"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A network with everything, run once; the folder is not to be changed."""
    folder = tmp_path_factory.mktemp("tighter")
    spec = folder / "small.lip"
    spec.write_text(SPEC)
    return folder / "export", lipbridge_json("run", spec, "--out", folder / "export")


@pytest.fixture
def copy(done: tuple[Path, Any], tmp_path: Path) -> Path:
    return Path(shutil.copytree(done[0], tmp_path / "copy"))


def reasons(folder: Path) -> str:
    """Why a check fails, before Lean or in Lean."""
    try:
        result = pipeline.check_export(folder).result
    except LipBridgeError as error:
        return str(error)
    assert not result.ok
    return "\n".join(result.failures)


def test_every_way_is_proved(done: tuple[Path, Any]) -> None:
    _, result = done
    assert result["check"]["ok"], result["check"]["failures"]
    proved = {theorem["name"]: theorem["axioms"] for theorem in result["check"]["theorems"]}
    kinds = ("merged_lipschitz", "rescaled_lipschitz", "lipsdp_lipschitz", "scores", "pairs")
    for name in kinds:
        assert proved[f"Small.small_{name}"] == []


def test_the_report_labels_them_and_quotes_the_best(done: tuple[Path, Any]) -> None:
    _, result = done
    (report,) = result["reports"]
    names = [a["name"] for a in report["alternatives"]]
    assert names == ["product", "merged", "rescaled", "lipsdp"]
    assert {a["assurance"] for a in report["alternatives"]} == {"kernel-checked"}
    product, merged, rescaled, best = report["alternatives"]
    assert report["lipschitz"]["lower"] <= best["upper"] < rescaled["upper"]
    assert rescaled["upper"] < merged["upper"] < product["upper"]
    assert report["best"] == "lipsdp"
    assert rescaled["symbolic"] == "σ(D₁·b·a)*σ(D₂·c·D₁⁻¹)*σ(D₃·d·D₂⁻¹)*σ(f·e·D₃⁻¹)"
    # Nine digits, rounded up.
    quoted = re.search(r"≤ ([0-9.]+)·", result["sentence"])
    assert quoted
    assert Fraction(quoted[1]) >= Fraction(best["upper_exact"])
    assert float(quoted[1]) == pytest.approx(best["upper"], rel=1e-8)
    scores = report["scores"]
    assert scores["assurance"] == "kernel-checked"
    assert len(scores["uppers"]) == 3
    assert max(scores["uppers"]) <= merged["upper"] * (1 + 1e-9)


def test_bound_and_compare_agree_with_the_export(done: tuple[Path, Any]) -> None:
    folder, result = done
    exact = lipbridge_json("bound", folder.parent / "small.lip", "--assurance", "exact")
    rigorous = lipbridge_json("bound", folder.parent / "small.lip")
    compared = lipbridge_json("compare", folder)["networks"][0]
    wanted = [a["upper"] for a in result["reports"][0]["alternatives"]]
    for found, label in ((exact, "exact"), (rigorous, "rigorous"), (compared, "exact")):
        assert [a["upper"] for a in found["alternatives"]] == pytest.approx(wanted, rel=1e-5)
        assert {a["assurance"] for a in found["alternatives"]} == {label}
        assert found["best"] == "lipsdp"
    text = lipbridge("compare", folder).stdout
    assert re.search(r"lipsdp bound: .*\(exact\)  ← best certified", text)


def test_compare_takes_no_other_constants(copy: Path) -> None:
    found = re.search(r"def small_merged_N : Nat := (\d+)", (copy / TIGHTER).read_text("utf-8"))
    assert found
    edit(copy, TIGHTER, found[0], f"def small_merged_N : Nat := {int(found[1]) - 10**6}")
    with pytest.raises(LipBridgeError, match=TIGHTER):
        pipeline.compare(copy)


@pytest.mark.parametrize("name", ["small_merged_N", "small_scores_D", "small_chain1_scale1"])
def test_a_changed_number_in_lean_is_refused(copy: Path, name: str) -> None:
    edit(copy, TIGHTER, f"def {name} : Nat := ", f"def {name} : Nat := Nat.succ <| ")
    assert TIGHTER in reasons(copy)


@pytest.mark.parametrize(
    "name", ["b_merged", "b_rescaled", "small_gram", "small_scores_N", "small_pairs_N"]
)
def test_a_changed_matrix_is_refused(copy: Path, name: str) -> None:
    """In Lean it is not what the certificates give; beside it, not what the network gives."""
    lean = f"Small/Data/{name}.lean"
    original = (copy / lean).read_text("utf-8")
    edit(copy, lean, "Rows.", "Rows . ")
    assert lean in reasons(copy)
    (copy / lean).write_text(original, "utf-8")

    def change(data: Any) -> None:
        data["numerators"][0][0] += 1

    forge_json(copy, f"tensors/small/{name}.json", change)
    assert f"{name}.json" in reasons(copy)


def scaled(data: Any, factor: int) -> None:
    data["scalings"]["relu1"][0] = factor


def test_a_changed_scaling_is_refused(copy: Path) -> None:
    for factor, reason in ((1, "weights_sha256"), (19, "no divisor of 61261200")):
        forge_json(copy, "tighter/small.json", lambda d, to=factor: scaled(d, to))
        assert reason in reasons(copy)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": 1}, "unknown field `version`"),
        ({"merged": 1}, "Expected `bool`"),
        ({"claims": {"points": [1]}}, "claims.points: Expected"),
        ({"notes": ["no bound was left out"]}, "unknown field `notes`"),
        ({"scalings": []}, "$.scalings"),
        ({"certificates": ["../x"]}, "$.certificates[0]"),
        ({"certificates": []}, "missing or unknown certificates"),
        ({"extra": 0}, "unknown field `extra`"),
    ],
)
def test_a_damaged_record_is_refused(copy: Path, change: dict[str, Any], reason: str) -> None:
    forge_json(copy, "tighter/small.json", lambda data: data | change)
    assert reason in reasons(copy)


def test_a_lower_bound_of_a_certificate_is_refused(copy: Path) -> None:
    forge_json(copy, "certificates/small/b_merged.json", lambda d: d | {"T": d["T"] // 2})
    assert "certificate" in reasons(copy)


def test_stubs_state_the_same(done: tuple[Path, Any], tmp_path: Path) -> None:
    spec = done[0].parent / "small.lip"
    project = pipeline.export(spec, None, tmp_path / "stubs", stubs=True)
    assert "small_rescaled_lipschitz" in project.files[TIGHTER]
    assert "Eq.refl" not in project.files[TIGHTER]
    result = pipeline.check_export(tmp_path / "stubs", allow_sorry=True).result
    assert result.ok, result.failures


def test_nothing_to_gain_exports_no_module(tmp_path: Path) -> None:
    spec = tmp_path / "one.lip"
    spec.write_text("network single input 2 linear 2 weight=[[1, 2], [3, 4]]")
    project = pipeline.export(spec, None, tmp_path / "out")
    assert not [path for path in project.files if "ighter" in path and "LipBridge" not in path]


def test_a_clash_of_names_is_refused(tmp_path: Path) -> None:
    spec = tmp_path / "clash.lip"
    spec.write_text(SPEC.replace("\nc:", "\nb_merged:"))
    finished = lipbridge("export", spec, "--out", tmp_path / "out")
    assert finished.returncode == 2
    assert "rename the layer" in finished.stderr


PRODUCT = """
network product
input query 16
input keys 4 x 2
s: similarity {
  from query
  a: linear 2 weight = [[3, 1, 2, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 2, 3, 4], [1, 3, 0, 1/2, WEIGHTS]]
  g: gain gain = [1, 5] offset = -1
} {
  from keys
  rms_norm gain = [1, 1] eps = 1
}
""".replace("WEIGHTS", ", ".join(["1/2", "-1"] * 6))


@pytest.mark.parametrize("long", [False, True])
def test_a_gained_projection_is_proved_and_tampering_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    # A long matrix states the sums that both of its certificates take.
    monkeypatch.setattr(tiles, "_LONG_ENTRIES", 0 if long else 1000)
    folder = tmp_path / "export"
    done = pipeline.run(PRODUCT, None, folder)
    assert done.check.ok
    proved = {theorem.name: theorem.axioms for theorem in done.check.theorems}
    assert proved["Product.s_query_gained_sqLipschitz"] == ()
    (report,) = done.reports
    row, single = (next(r for r in report.rows if r.name == name) for name in ("s", "in query"))
    assert row.symbolic == "σ(g·a)*‖g₂‖∞*sqrt(d)"
    assert single.lower <= row.constant < 0.9 * single.constant
    text = (folder / "Product/Data/s_gained.lean").read_text()
    assert ("a_weight_dots0" in text) is long
    name = "tighter/product.json"
    written = (folder / name).read_text()
    forge(folder, name, re.sub('"bound": [0-9]+', '"bound": 1', written))
    assert "s_gained" in reasons(folder)
    forge(folder, name, written)
    assert pipeline.check_export(folder).result.ok
    name = "tensors/product/g_gain.json"
    forge(folder, name, (folder / name).read_text().replace("5", "7"))
    assert "g_gain" in reasons(folder)
