"""A step of DeepSeek's indexer, recorded while a checkpoint ran, becomes a theorem in x."""

from __future__ import annotations

import json
import math
import re
import shutil
import warnings
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from msgspec import structs

from lipbridge import pipeline
from lipbridge.audit.recording.record import Recorder
from lipbridge.audit.trace.states import read_state
from lipbridge.emit.step.dsa import DsaRecord, DsaStep
from lipbridge.errors import (
    CertificateError,
    InputError,
    LipBridgeError,
    NotProvedError,
    TraceError,
)
from lipbridge.language.place import Place
from lipbridge.numeric.slopes.gated import gated_forward
from lipbridge.pipeline import dsa_layer
from lipbridge.pipeline.model import compare_record, open_model
from tests.e2e.recorded_model import record_model
from tests.e2e.support import forge, in_process, lipbridge_json, record_text

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    transformers = pytest.importorskip(
        "transformers", minversion="5.23", reason="the package transformers ≥ 5.23 is not installed"
    )
    v32 = pytest.importorskip("transformers.models.deepseek_v32.modeling_deepseek_v32")

OPTIONS = {
    "vocab_size": 32,
    "hidden_size": 24,
    "intermediate_size": 16,
    "moe_intermediate_size": 8,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "n_routed_experts": 2,
    "num_experts_per_tok": 1,
    "n_shared_experts": 1,
    "n_group": 1,
    "topk_group": 1,
    "first_k_dense_replace": 1,
    "q_lora_rank": 12,
    "kv_lora_rank": 8,
    "qk_rope_head_dim": 4,
    "qk_nope_head_dim": 4,
    "v_head_dim": 4,
    "index_n_heads": 4,
    "index_head_dim": 8,
    "index_topk": 6,
    "max_position_embeddings": 64,
    "bos_token_id": 0,
    "eos_token_id": 1,
}
PROMPT, TOKENS = 16, 20


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint and a trace of it: a prompt, then single tokens with a cache."""
    return record_model(
        tmp_path_factory.mktemp("dsa"),
        lambda: v32.DeepseekV32Model(transformers.DeepseekV32Config(**OPTIONS)),
        PROMPT,
        TOKENS,
    )


def place(folder: Path, step: int, head: int = 0) -> tuple[Path, Place]:
    return folder / "trace", Place(step, 1, 1, head)


def step_of(recorded: Path, out: Path, step: int) -> DsaStep:
    project = pipeline.export_dsa(recorded / "checkpoint", *place(recorded, step), out)
    found = project.networks[0].record
    assert isinstance(found, DsaRecord)
    return found.derived


@pytest.mark.parametrize("step", [7, 15, 16, 19])
def test_the_scores_select_what_the_module_did(recorded: Path, tmp_path: Path, step: int) -> None:
    found = step_of(recorded, tmp_path / "out", step)
    state = read_state(recorded / "trace", Place(step, 1, 1))
    assert set(found.record.selected) == set(state.blocks[0])
    # Not one point within the radius that selects others, nor a replay that disagrees.
    found.record.replay()
    x = torch.tensor([float(v) / found.hidden.denominator for v in found.scores.point])
    generator = torch.Generator().manual_seed(0)
    ways = torch.randn(200, len(x), generator=generator, dtype=torch.float64)
    ways /= torch.linalg.vector_norm(ways, dim=1, keepdim=True)
    scores = gated_forward(*found.scores.floats)(x + float(found.record.radius.value) * ways)
    for chosen in scores.topk(len(state.blocks[0]), dim=1).indices.tolist():
        assert set(chosen) == set(state.blocks[0])


@pytest.mark.lean
@pytest.mark.slow
def test_a_step_ends_in_a_theorem_in_the_hidden_state(recorded: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = lipbridge_json(
        "run", "--preset", "dsa", "--checkpoint", recorded / "checkpoint", "--trace",
        recorded / "trace", "--step", 19, "--layer", 1, "--sequence", 1, "--out", out,
        "--html", tmp_path / "page.html",
    )  # fmt: skip
    assert found["check"]["ok"]
    (theorem,) = found["check"]["theorems"]
    assert (theorem["name"], theorem["axioms"]) == ("RecordedDsa.selection", [])
    assert "dsaScores 24 12 8 4" in theorem["statement"]
    (row,) = found["selections"]
    assert row["assurance"] == "kernel-checked"
    assert 0.9 < float(row["radius"]) / row["flip"] <= 1 + 1e-9
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Selections at points" in page and "RecordedDsa.selection" in page
    assert row["assurance"] in page and "layer 1, sequence 1, step 19" in page
    audited = lipbridge_json(
        "audit", recorded / "trace", "--preset", "dsa", "--checkpoint", recorded / "checkpoint"
    )["states"]
    at = {"layer": 1, "sequence": 1, "step": 19, "head": None}
    (same,) = (entry for entry in audited if entry["place"] == at)
    assert Fraction(same["radius"]) <= Fraction(row["exact"])
    assert same["radius"] == pytest.approx(float(row["radius"]), rel=1e-7)
    checked = lipbridge_json("check", out, "--checkpoint", recorded / "checkpoint", "--no-recheck")
    assert "the stored tensors are those of" in checked["weights"]
    assert (checked["notes"], checked["sentence"]) == ([], found["sentence"])
    code, said, err = in_process("compare", out)
    assert (code, said) == (2, "")
    assert "holds no network whose bounds could be compared" in err
    # The same export, said to be of other weights.
    other = tmp_path / "other"
    shutil.copytree(recorded / "checkpoint", other)
    from safetensors.torch import load_file, save_file

    tensors = load_file(other / "model.safetensors")
    save_file(tensors, other / "model.safetensors", metadata={"format": "pt", "note": "other"})
    code, _, err = in_process("check", out, "--checkpoint", other, "--no-recheck")
    assert (code, "lipbridge.json: weights_sha256 is" in err) == (1, True)
    name = next(n for n in tensors if n.endswith("layers.1.self_attn.indexer.weights_proj.weight"))
    tensors[name] = tensors[name] + 1
    save_file(tensors, other / "model.safetensors", metadata={"format": "pt"})
    code, _, err = in_process("check", out, "--checkpoint", other, "--no-recheck")
    assert code == 1
    assert "is not the one of" in err


def test_a_record_is_held_against_the_configuration(recorded: Path, tmp_path: Path) -> None:
    record = step_of(recorded, tmp_path / "out", 19).record
    model = open_model(recorded / "checkpoint/model.safetensors")
    assert model is not None
    assert "dsa.json is of the indexer of layer 1" in compare_record(record, model)
    turned = structs.replace(record.rotation, rows=record.rotation.rows[::-1])
    stray = structs.replace(record.gain, name="mtp.layers.1.self_attn.q_a_layernorm.weight")
    for other, reason in (
        ({"selected": record.selected[:1]}, "index_topk 1, but 6"),
        ({"up": record.up[:2]}, "index_n_heads 2, but 4"),
        ({"up": tuple(structs.replace(m, rows=m.rows[:4]) for m in record.up)}, "index_head_dim 4"),
        ({"gain": stray}, "tensors"),
        ({"rotation": turned}, "the recorded rotation is none of 4 of 8 dimensions"),
    ):
        with pytest.raises(CertificateError, match=reason):
            compare_record(structs.replace(record, **other), model)


@pytest.mark.lean
def test_every_score_has_a_constant_in_a_ball(recorded: Path, tmp_path: Path) -> None:
    out, radius = tmp_path / "out", 2.5
    done = pipeline.run_dsa(recorded / "checkpoint", *place(recorded, 7), out, hidden_norm=radius)
    assert done.check.ok, done.check.failures
    assert {t.name: t.axioms for t in done.check.theorems} == {
        "RecordedDsa.selection": (),
        "RecordedDsa.lipschitz": (),
    }
    assert "Between hidden states x and y of length at most 2.5 the score" in done.sentence
    record = done.project.networks[0].record
    assert isinstance(record, DsaRecord)
    step, constants = record.derived, [float(c) for c in record.derived.constants]
    assert len(constants) == 8
    # No slope between points of the ball is above it.
    generator = torch.Generator().manual_seed(0)
    x, way = torch.randn(2, 4000, 24, generator=generator, dtype=torch.float64)
    x *= radius / torch.linalg.vector_norm(x, dim=1, keepdim=True)
    y = x + 1e-3 * way
    y *= (radius / torch.linalg.vector_norm(y, dim=1, keepdim=True)).clamp(max=1)
    forward = gated_forward(*step.scores.floats)
    apart = torch.linalg.vector_norm(x - y, dim=1, keepdim=True)
    largest = [int(abs(m).max()) for m in (step.scores.weights, step.scores.products)]
    unit = float(Fraction(largest[0] * largest[1], step.denominator))
    slopes = ((forward(x) - forward(y)).abs() / apart).amax(0) * unit
    bounds = torch.tensor(constants, dtype=torch.float64)
    assert (slopes <= bounds).all() and (slopes > bounds / 8).any()
    # The product of the norms is above it by far.
    norms = [
        torch.linalg.matrix_norm(torch.tensor(np.array(m, dtype=float)) / d, 2)
        for m, d in (
            (step.weights.integers, step.weights.denominator),
            (np.concatenate([up.integers for up in step.up]), step.up[0].denominator),
            (step.latent.integers, step.latent.denominator),
        )
    ]
    keys = torch.tensor(np.array(step.keys.integers, dtype=float)) / step.keys.denominator
    product = 2 * radius * math.prod(norms) * torch.linalg.vector_norm(keys, dim=1)
    assert (product > 2.5 * bounds).all()


@pytest.mark.lean
def test_a_step_of_many_products_is_proved_by_way_of_its_queries(
    recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dsa_layer, "_MOST_PRODUCTS", 0)
    out, checkpoint = tmp_path / "out", recorded / "checkpoint"
    done = pipeline.run_dsa(checkpoint, *place(recorded, 19), out, html=tmp_path / "page.html")
    assert done.check.ok, done.check.failures
    assert {t.name: t.axioms for t in done.check.theorems} == {
        "RecordedQueries.queries_selection": (),
        "RecordedQueries.selection": (),
    }
    (row,) = done.selections
    assert row.flip is not None and 0.01 < float(row.radius) / row.flip <= 1
    assert set(row.selected) == set(read_state(recorded / "trace", Place(19, 1, 1)).blocks[0])
    assert "selected tokens stay the same while the indexer's input" in done.sentence
    checks = "Products", "Scores", "Tokens", "Near", "Pairs", "Marks"
    assert {f"RecordedQueries.{name}" for name in checks} <= set(done.project.modules)
    assert "RecordedQueries.selection" in (tmp_path / "page.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("field", "change", "reason"),
    [
        (
            "delta",
            lambda v: 2 * v,
            r"dsa.json: the radius [\d.]+ \(delta, delta_bits\) is not",
        ),
        ("delta", lambda v: v - 1, "certify: tokens [0-9]+ and [0-9]+ may change places"),
        ("selected", lambda v: [0, *v[1:]] if v[0] else [*v[:-1], v[-1] + 1], "the scores select"),
        ("hidden", lambda v: v | {"rows": [[-x for x in v["rows"][0]]]}, "dsa.json"),
        ("place", lambda v: v | {"sequence": 2}, "Theorem.lean"),
        ("up", lambda v: v[1:], "do not fit together"),
        ("pairs", lambda v: [v[0] | {"rows": v[0]["rows"][1:]}, *v[1:]], "do not fit together"),
        ("rows", lambda v: [v[0] | {"sides": [0] * 4}, *v[1:]], "takes for sure|Data/sides"),
        (
            "rows",
            lambda v: [v[0] | {"shift": [x + 1 for x in v[0]["shift"]]}, *v[1:]],
            "Data/shifts",
        ),
        ("keys", lambda v: v | {"bits": "8"}, "dsa.json"),
    ],
)
def test_changed_numbers_are_refused(
    recorded: Path, tmp_path: Path, field: str, change: object, reason: str
) -> None:
    out = tmp_path / "out"
    step_of(recorded, out, 19)
    data = json.loads((out / "dsa.json").read_text("utf-8"))
    data[field] = change(data[field])  # type: ignore[operator]
    forge(out, "dsa.json", record_text(data))
    code, _, err = in_process("check", out)
    assert code == 1
    assert err.count("\n") == 1
    assert re.search(reason, err), err


def test_changed_numbers_of_a_ball_are_refused(recorded: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.export_dsa(recorded / "checkpoint", *place(recorded, 7), out, hidden_norm=2.5)
    text = (out / "dsa.json").read_text("utf-8")

    def token(**change: object) -> Callable[[dict[str, Any]], object]:
        return lambda ball: ball["tokens"][1].update(change)

    weights = json.loads(text)["ball"]["tokens"][1]["weights"]
    for change, reason in (
        (token(T=1), r"certificate of 'joint1': E\[0,0\]"),
        (token(c=3), "is not a power of two"),
        (token(c=0), "do not fit together"),
        (token(L=[]), "has 0 rows"),
        (token(weights=weights | {"shift": weights["shift"] - 1}), "certificate of 'joint1'"),
        (token(weights=weights | {"first": weights["first"][1:]}), "do not fit together"),
        (lambda ball: ball.update(radius=3), "Theorem.lean"),
        (lambda ball: ball["tokens"].pop(), "do not fit together"),
    ):
        data = json.loads(text)
        change(data["ball"])
        forge(out, "dsa.json", record_text(data))
        code, _, err = in_process("check", out)
        assert (code, err.count("\n")) == (1, 1)
        assert re.search(reason, err), err


def test_what_is_no_step_is_refused(recorded: Path, tmp_path: Path) -> None:
    checkpoint, out = recorded / "checkpoint", tmp_path / "out"
    cases: list[tuple[type[LipBridgeError], str, tuple[Path, Place]]] = [
        (InputError, "take a later step", place(recorded, 5)),
        (TraceError, "20 steps, not step 20", place(recorded, 20)),
        (InputError, "leave --head out", place(recorded, 8, head=1)),
        (TraceError, "no hidden states", (tmp_path, Place(8, 1, 0, 0))),
    ]
    for kind, reason, where in cases:
        with pytest.raises(kind, match=reason):
            pipeline.export_dsa(checkpoint, *where, out)
    given = ("run", "--preset", "dsa", "--checkpoint", checkpoint, "--trace", recorded / "trace",
             "--step", 8, "--layer", 1, "--out", out)  # fmt: skip
    for more, reason in (
        (("--error", "0.1"), "takes --step, --layer and --sequence"),
        (("--latent-floor", "3"), "no other option"),
        (("--hidden-norm", "0"), "must be positive and finite"),
    ):
        code, _, err = in_process(*given, *more)
        assert (code, err.count("\n")) == (2, 1)
        assert reason in err
    assert not out.exists()


def test_another_selection_or_other_weights_are_refused(recorded: Path, tmp_path: Path) -> None:
    from safetensors import safe_open
    from safetensors.torch import save_file

    for field, kind, reason in (
        ("blocks", NotProvedError, "its rounding decided"),
        ("sha256", InputError, "other weights"),
    ):
        states = tmp_path / field / "trace/states"
        states.mkdir(parents=True)
        for source in (recorded / "trace/states").iterdir():
            with safe_open(source, framework="pt") as file:
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
                metadata = file.metadata()
            if field == "sha256":
                metadata = metadata | {"sha256": "0" * 64}
            else:
                tensors["blocks"] = (tensors["blocks"] + 1) % 8
            save_file(tensors, states / source.name, metadata=metadata)
        with pytest.raises(kind, match=reason):
            pipeline.export_dsa(
                recorded / "checkpoint", *place(tmp_path / field, 15), tmp_path / "out"
            )


def test_an_indexer_without_its_attention_is_refused(recorded: Path, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        config = transformers.DeepseekV32Config(**OPTIONS)
        indexer = v32.DeepseekV32Indexer(config, 0)
    x, mask = torch.randn(1, 8, 24), torch.zeros(1, 8, 8)
    turn = torch.ones(1, 8, 4), torch.zeros(1, 8, 4)
    with (
        pytest.raises(TraceError, match="inside its attention"),
        Recorder(indexer, tmp_path / "t", states=True),
    ):
        indexer(x, torch.randn(1, 8, 12), turn, mask, torch.arange(8)[None])


def test_a_record_is_read_back(recorded: Path, tmp_path: Path) -> None:
    found = step_of(recorded, tmp_path / "out", 19)
    again = DsaRecord.read((tmp_path / "out" / "dsa.json").read_bytes())
    assert again == found.record
    assert again.fits()
