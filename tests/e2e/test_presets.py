"""Presets and clipping through the real command line, on tiny checkpoints."""

from __future__ import annotations

import json
import math
import re
from fractions import Fraction
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from tests.e2e.support import lipbridge, lipbridge_json

NSA = [f"--tensor={role}={name}" for role, name in (
    ("keys", "keys"),
    ("w1", "compress.0.weight"),
    ("b1", "compress.0.bias"),
    ("w2", "compress.2.weight"),
    ("b2", "compress.2.bias"),
)]  # fmt: skip
MLP = [f"--tensor={role}={name}" for role, name in (
    ("block_keys", "block_keys"),
    ("w1", "mlp.0.weight"),
    ("b1", "mlp.0.bias"),
    ("w2", "mlp.2.weight"),
    ("b2", "mlp.2.bias"),
)]  # fmt: skip


def refused(*arguments: str | Path, code: int = 2) -> str:
    done = lipbridge(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done.stderr


def test_msa_bounds_a_row_a_layer_and_head(tiny_checkpoints: Path, tmp_path: Path) -> None:
    folder = tiny_checkpoints / "msa"
    plot = tmp_path / "depth.png"
    result = lipbridge_json("bound", "--preset", "msa", "--checkpoint", folder, "--plot", plot)
    assert plot.read_bytes().startswith(b"\x89PNG")
    places = [(row["layer"], row["head"]) for row in result["rows"]]
    assert places == [(3, 0), (3, 1), (3, None), (4, 0), (4, 1), (4, None)]
    tensors = load_file(folder / "model.safetensors")
    weight = tensors["language_model.model.layers.3.self_attn.index_q_proj.weight"].double()
    sigma = float(torch.linalg.matrix_norm(weight[16:32], 2))
    found = result["rows"][1]["sigma"]
    assert found["lower"] <= sigma * (1 + 1e-12)
    assert sigma * (1 - 1e-12) <= found["upper"] <= sigma * (1 + 1e-9)
    one = lipbridge_json("bound", "--preset", "msa", "--checkpoint", folder, "--layers", "4")
    assert {row["layer"] for row in one["rows"]} == {4}
    local = lipbridge_json(
        "bound", "--preset", "msa", "--checkpoint", folder, "--layers", "4", "--query-norm", "1"
    )
    names = {constant["name"] for constant in local["rows"][0]["constants"]}
    assert names == {"query", "selection", "hidden", "hidden-local"}
    text = lipbridge("bound", "--preset", "msa", "--checkpoint", folder).stdout
    assert "selection (rigorous)" in text


def test_dsa_demands_the_ball_and_says_why(tiny_checkpoints: Path) -> None:
    folder = tiny_checkpoints / "dsa-fp8"
    message = refused("bound", "--preset", "dsa", "--checkpoint", folder)
    assert "--hidden-norm" in message
    assert "product of two functions" in message
    result = lipbridge_json(
        "bound", "--preset", "dsa", "--checkpoint", folder, "--hidden-norm", "10", "--layers", "1"
    )
    names = {constant["name"] for constant in result["rows"][0]["constants"]}
    assert {"query", "latent", "hidden-local", "selection"} <= names


def test_presets_with_named_tensors(tiny_checkpoints: Path) -> None:
    for name in ("moba", "quest"):
        common = ("--preset", name, "--checkpoint", tiny_checkpoints / name)
        tensors = ("--tensor", "keys=keys", "--tensor", "query=q_proj.weight", "--block", "8")
        result = lipbridge_json("bound", *common, *tensors)
        assert [row["block"] for row in result["rows"]] == [*range(8), None]
    nsa = ("--preset", "nsa-mlp", "--checkpoint", tiny_checkpoints / "nsa-mlp", *NSA)
    result = lipbridge_json("bound", *nsa, "--block", "8", "--query-norm", "2")
    assert result["rows"][-1]["constants"][0]["name"] == "context"
    assert "512 entries" in refused("bound", *nsa, "--block", "32")
    mlp = ("--preset", "mlp", "--checkpoint", tiny_checkpoints / "mlp", *MLP)
    found = lipbridge_json("bound", *mlp)
    assert "`lipbridge spec` prints with the same options is bounded tighter" in found["notes"][0]
    rows = found["rows"]
    product, merged = (c["upper"] for c in rows[0]["constants"])
    assert merged < product


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--preset", "mas"), "did you mean 'msa'"),
        (("--preset", "msa", "--layers", "0-2"), "no indexer in 0-2"),
        (("--preset", "msa", "--hidden-norm", "3"), "takes no --hidden-norm"),
        (("--preset", "msa", "--tensor", "a=b"), "finds its tensors itself"),
        (("--preset", "dsa", "--hidden-norm", "1"), "is read by preset msa, not dsa"),
        (("--preset", "moba", "--block", "8"), "--tensor keys=TENSOR"),
        (("--preset", "moba", "--tensor", "kyes=keys"), "no tensor 'kyes'"),
        (("--layers", "3"), "SPEC"),
    ],
)
def test_bad_requests(tiny_checkpoints: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused("bound", *arguments, "--checkpoint", tiny_checkpoints / "msa")


def test_a_spec_and_a_preset_exclude_each_other(tmp_path: Path) -> None:
    assert "either a SPEC" in refused("bound", "x.lip", "--preset", "msa")
    assert "--checkpoint" in refused("bound", "--preset", "msa")
    assert "give a SPEC" in refused("export", "--out", tmp_path / "export")


@pytest.mark.lean
def test_msa_is_proved_layer_by_layer(tiny_checkpoints: Path, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    result = lipbridge_json(
        "run", "--preset", "msa", "--checkpoint", tiny_checkpoints / "msa", "--out", folder
    )
    assert result["check"]["ok"]
    assert result["check"]["sorries"] == 0
    assert all(theorem["axioms"] == [] for theorem in result["check"]["theorems"])
    names = {theorem["name"] for theorem in result["check"]["theorems"]}
    assert {"Layer3.layer3_hidden_lipschitz", "Layer4.layer4_context_lipschitz"} <= names
    assert "Layer4.layer4_head1_selection_hidden_sqLipschitz" in names
    assert [report["network"] for report in result["reports"]] == ["layer3", "layer4"]
    table = lipbridge_json("bound", "--preset", "msa", "--checkpoint", tiny_checkpoints / "msa")
    for report in result["reports"]:
        assert list(report["missing"]) == ["keys"]
        inputs = {row["name"]: row for row in report["layers"] if row["kind"] == "input"}
        assert list(inputs) == ["in hidden", "in context"]
        for row in inputs.values():
            assert row["assurance"] == "kernel-checked"
            assert 0 < row["lower"] <= float(Fraction(row["upper_exact"]))
        assert_heads_as_bounded(report, table)
        rows = {row["name"]: row["upper_decimal"] for row in report["layers"]}
        label = f"{report['network']}_head"
        scores = [f"{rows[n]} ({n})" for n in (f"{label}{head}_selection" for head in (0, 1))]
        assert (
            f"the constants of the selection scores are at most {', '.join(scores)} in hidden "
            f"alone; the constant of {report['network']} (all its scores together), "
        ) in result["sentence"]
    # A check of the export says the same, but for slopes.
    checked = lipbridge_json("check", folder, "--no-recheck")
    assert checked["sentence"] == re.sub(
        r" \(steepest [^()]*, an estimate\)", "", result["sentence"]
    )
    manifest = json.loads((folder / "lipbridge.json").read_text())
    assert len(manifest["weights_sha256"]) == 64
    assert (folder / "Layer3" / "Network.lean").is_file()


def assert_heads_as_bounded(report: dict, table: dict) -> None:
    """What Lean proved of a head in ``hidden`` is what ``bound --preset`` computes in float64."""
    number = report["network"].removeprefix("layer")
    for row in table["rows"]:
        if row["layer"] != int(number) or row["head"] is None:
            continue
        constants = {constant["name"]: constant["upper"] for constant in row["constants"]}
        label = f"layer{number}_head{row['head']}"
        proved = {r["name"]: r for r in reversed(report["layers"]) if r["name"].startswith(label)}
        score, selection = proved[label], proved[f"{label}_selection"]
        assert score["upper"] == pytest.approx(constants["hidden"], rel=1e-6)
        # The table merges the gain into the projection: σ(diag(g)W) ≤ max|g|·σ(W).
        assert constants["selection"] <= selection["upper"] <= score["upper"] / 100


@pytest.mark.parametrize(
    ("preset", "options", "constant"),
    [
        ("msa", ("--query-norm", "0.5"), "layer4_head1"),
        ("dsa", ("--hidden-norm", "4", "--latent-floor", "0.25"), "layer1_score"),
    ],
)
def test_a_least_norm_enters_the_network(
    tiny_checkpoints: Path, tmp_path: Path, preset: str, options: tuple[str, ...], constant: str
) -> None:
    """What the network's own constant is with it is what ``bound --preset`` says of it."""
    given = ("--preset", preset, "--checkpoint", tiny_checkpoints / preset)
    layer = ("--layers", "4" if preset == "msa" else "1")
    table = lipbridge_json("bound", *given, *layer, *options)
    row = next(r for r in table["rows"] if r["head"] == (1 if preset == "msa" else None))
    (local,) = (c for c in row["constants"] if c["name"] == "hidden-local")
    spec = tmp_path / "layer.lip"
    spec.write_text(lipbridge("spec", *given, *layer, *options).stdout, "utf-8")
    assert "at_least=" in spec.read_text("utf-8")
    bound = lipbridge_json("bound", spec, "--weights", given[-1])
    assert f"taken at least {Fraction(options[-1])} (the model's function only" in bound["altered"]
    found = next(r["upper"] for r in bound["layers"] if r["name"] == constant)
    assert found == pytest.approx(local["upper"], rel=1e-4)


@pytest.mark.lean
def test_dsa_is_proved_in_both_states(tiny_checkpoints: Path, tmp_path: Path) -> None:
    """The score of a token, from the hidden state that asks and the token's."""
    dsa = ("--preset", "dsa", "--checkpoint", tiny_checkpoints / "dsa-fp8", "--layers", "1")
    found = lipbridge_json("run", *dsa, "--hidden-norm", "10", "--out", tmp_path / "export")
    assert found["check"]["ok"]
    assert found["check"]["sorries"] == 0
    assert all(theorem["axioms"] == [] for theorem in found["check"]["theorems"])
    names = {theorem["name"] for theorem in found["check"]["theorems"]}
    wanted = {f"Layer1.layer1{part}_lipschitz" for part in ("", "_hidden", "_token")}
    assert wanted < names
    (report,) = found["reports"]
    inputs = {row["name"]: row for row in report["layers"] if row["kind"] == "input"}
    assert list(inputs) == ["in hidden", "in token"]
    for total in (report["lipschitz"], *inputs.values()):
        assert total["assurance"] == "kernel-checked"
        assert 0 < total["lower"] <= float(Fraction(total["upper_exact"]))
    # The constant that `bound` gives on the same ball, with no factor for the number of heads.
    rows = lipbridge_json("bound", *dsa, "--hidden-norm", "10")["rows"]
    local = next(c for c in rows[0]["constants"] if c["name"] == "hidden-local")
    assert inputs["in hidden"]["upper"] == pytest.approx(local["upper"], rel=1e-6)


def test_the_spec_of_a_preset_is_a_spec(tiny_checkpoints: Path, tmp_path: Path) -> None:
    """`spec` prints what `bound` then reads, with the constants of the preset's own table."""
    msa = ("--preset", "msa", "--checkpoint", tiny_checkpoints / "msa")
    text = lipbridge("spec", *msa, "--layers", "3").stdout
    (tmp_path / "layer3.lip").write_text(text)
    report = lipbridge_json("bound", tmp_path / "layer3.lip", "--weights", tiny_checkpoints / "msa")
    table = lipbridge_json("bound", *msa, "--layers", "3")["rows"]
    heads = {row["name"]: row["upper"] for row in reversed(report["layers"])}
    for row in table[:2]:
        hidden = next(c["upper"] for c in row["constants"] if c["name"] == "hidden")
        assert heads[f"layer3_head{row['head']}"] == pytest.approx(hidden, rel=1e-6)
    assert "choose a layer with --layers" in refused("spec", *msa)
    assert "give --preset" in refused("spec")
    assert "product of two functions" in refused(
        "spec", "--preset", "dsa", "--checkpoint", tiny_checkpoints / "dsa", "--layers", "0"
    )


def test_dsa_and_mlp_export(tiny_checkpoints: Path, tmp_path: Path) -> None:
    dsa = ("--preset", "dsa", "--checkpoint", tiny_checkpoints / "dsa", "--layers", "0")
    assert "product of two functions" in refused("export", *dsa, "--out", tmp_path / "dsa")
    ball = ("--hidden-norm", "-1", "--out", tmp_path / "dsa")
    assert "must be ≥ 0 and finite" in refused("export", *dsa, *ball)
    found = lipbridge_json("export", *dsa, "--hidden-norm", "0.5", "--out", tmp_path / "dsa")
    names = {t["name"] for network in found["networks"] for t in network["theorems"]}
    assert {"Layer0.layer0_lipschitz", "Layer0.layer0_hidden_lipschitz"} <= names
    assert "‖hidden‖ ≤ 1/2" in (tmp_path / "dsa/Layer0/Network.lean").read_text("utf-8")
    mlp = ("--preset", "mlp", "--checkpoint", tiny_checkpoints / "mlp", *MLP)
    found = lipbridge_json("export", *mlp, "--out", tmp_path / "mlp")
    assert "Mlp.mlp_lipschitz" in {t["name"] for t in found["networks"][0]["theorems"]}


def test_clip_writes_a_certified_copy(tiny_checkpoints: Path, tmp_path: Path) -> None:
    source = tiny_checkpoints / "msa"
    copy = tmp_path / "clipped"
    result = lipbridge_json("clip", "--checkpoint", source, "--to", "1/5", "--out", copy)
    assert result["sigma"] == "1/5"
    assert len(result["rows"]) == 6
    assert all(row["after"]["upper"] <= 0.2 for row in result["rows"])
    bounds = lipbridge_json("bound", "--preset", "msa", "--checkpoint", copy)
    assert all(row["sigma"]["upper"] <= 0.2 for row in bounds["rows"])
    before, after = (load_file(p / "model.safetensors") for p in (source, copy))
    clipped = {row["label"].split("[")[0] for row in result["rows"] if row["changed"]}
    assert clipped
    assert {name for name in before if not torch.equal(before[name], after[name])} == clipped


def test_clip_by_pattern(tiny_checkpoints: Path, tmp_path: Path) -> None:
    source = tiny_checkpoints / "mlp" / "model.safetensors"
    target = tmp_path / "copy.safetensors"
    arguments = ("clip", "--checkpoint", source, "--to", "1", "--out", target)
    rows = lipbridge_json(*arguments, "--tensors", "mlp.*.weight", "--method", "scale")["rows"]
    assert [row["label"] for row in rows] == ["mlp.0.weight", "mlp.2.weight"]
    assert all(math.isfinite(row["relative_change"]) for row in rows)
    assert "exists already" in refused(*arguments, "--tensors", "mlp.0.weight")
    other = ("clip", "--checkpoint", source, "--out", tmp_path / "other")
    assert "no number" in refused(*other, "--to", "one")
    assert "positive" in refused(*other, "--to", "0", "--tensors", "mlp.0.weight")
    assert "no indexer found" in refused(*other, "--to", "1")
