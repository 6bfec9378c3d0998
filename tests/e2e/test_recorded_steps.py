"""A step of a checkpoint that ``transformers`` saved, recorded while it ran, becomes a theorem."""

from __future__ import annotations

import json
import re
import shutil
import warnings
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import torch

from lipbridge import language, pipeline
from lipbridge.audit.recording.record import Recorder
from lipbridge.audit.trace.states import read_state
from lipbridge.emit import read_export
from lipbridge.errors import (
    CertificateError,
    InputError,
    LipBridgeError,
    NotProvedError,
    TraceError,
)
from lipbridge.language.exact import branch_value, rational_rows
from lipbridge.language.place import ROTATION, Place
from lipbridge.layers import TensorRef
from lipbridge.numeric.tensors import network_tensors
from lipbridge.pipeline.jobs import Job
from lipbridge.pipeline.origin import weights_origin
from tests.e2e.recorded_model import record_model
from tests.e2e.support import forge, in_process, lipbridge_json

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    transformers = pytest.importorskip(
        "transformers", minversion="5.23", reason="the package transformers ≥ 5.23 is not installed"
    )
    msa = pytest.importorskip("transformers.models.minimax_m3_vl.modeling_minimax_m3_vl")

OPTIONS = {
    "vocab_size": 32,
    "hidden_size": 16,
    "intermediate_size": 8,
    "dense_intermediate_size": 8,
    "shared_intermediate_size": 8,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "num_local_experts": 2,
    "num_experts_per_tok": 1,
    "index_n_heads": 2,
    "index_head_dim": 8,
    "index_block_size": 2,
    "index_topk_blocks": 3,
    "index_local_blocks": 1,
    "rotary_dim": 4,
    "max_position_embeddings": 64,
    "layer_types": ["full_attention", "minimax_m3_sparse"],
    "rope_parameters": {
        "rope_type": "default",
        "rope_theta": 1e4,
        "partial_rotary_factor": 0.25,
    },
    "bos_token_id": 0,
    "eos_token_id": 1,
}
PROMPT, TOKENS = 9, 13


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint and a trace of it: a prompt, then single tokens with a cache."""
    return record_model(
        tmp_path_factory.mktemp("step"),
        lambda: msa.MiniMaxM3VLTextModel(transformers.MiniMaxM3VLTextConfig(**OPTIONS)),
        PROMPT,
        TOKENS,
    )


def place(folder: Path, step: int, layer: int = 1, head: int = 0) -> tuple[Path, Place]:
    return folder / "trace", Place(step, layer, 1, head)


@pytest.mark.parametrize("step", [7, 8, 9, 12])
@pytest.mark.parametrize("head", [0, 1])
def test_the_network_has_the_selection_of_the_module(recorded: Path, step: int, head: int) -> None:
    (job,) = pipeline.load_step("msa", recorded / "checkpoint", *place(recorded, step, head=head))
    state = read_state(recorded / "trace", Place(step, 1, 1))
    assert (state.position, state.keys.shape) == (step, (step + 1, 8))
    (point,), keys = job.points, job.keys
    assert keys is not None
    query = branch_value(job.network.body, point.vector, rational_rows(job.tensors))
    single = [sum(k * q for k, q in zip(row, query, strict=True)) for row in keys.matrix.integers]
    scores = [max(single[i : i + keys.group]) for i in range(0, len(single), keys.group)]
    best = sorted(range(len(scores)), key=lambda i: -scores[i])[: job.top]
    # The own block is active by position, the others are numbered from 0.
    assert {*best, step // 2} == set(state.blocks[head])


SELECTIONS = "selections/layer1_head0.json"
TENSORS = "tensors/layer1_head0"
CHANGED = "not what lipbridge writes from this"
RADIUS = r"the radius.*, [\d.e-]+.*, is not .* certify, [\d.e-]+"
# Where a stored number is, what stands before it, how it is changed, why that is refused.
TAMPERED = [
    (SELECTIONS, r'"entries": \[', "point 1: "),
    (SELECTIONS, r'"denominator": ', "point 1: "),
    (SELECTIONS, r'"selected": \[', "point 1: selects"),
    (SELECTIONS, r'"radius": \[', f"{RADIUS}|{CHANGED}"),
    (SELECTIONS, r'"computed": \[', f"{RADIUS}|{CHANGED}"),
    (SELECTIONS, r'"best": \[', RADIUS),
    (SELECTIONS, r'"top": ', "--top is|selects"),
    (SELECTIONS, r'"number": ', CHANGED),
    (SELECTIONS, r'"group": ', "are no blocks of|active by position are not|--top is"),
    (SELECTIONS, r'"error": \[', f"{RADIUS}|{CHANGED}"),
    (SELECTIONS, r'"forced": \[', "active by position are not"),
    (SELECTIONS, r'"step": ', CHANGED),
    (SELECTIONS, r'"sequence": ', CHANGED),
    (f"{TENSORS}/query_weight.json", r'"numerators": \[\s*\[', "certificates/layer1_head0/query"),
    (f"{TENSORS}/norm_gain.json", r'"numerators": \[\s*\[', "point 1|norm_gain"),
    (f"{TENSORS}/turn_weight.json", r'"numerators": \[\s*\[', "certificates/layer1_head0/turn"),
    ("tensors/layer1_keys.json", r'"numerators": \[\s*\[', "point 1|keys"),
    ("tensors/layer1_keys.json", r'"denominator": "0x', "point 1|layer1_keys"),
    ("certificates/layer1_head0/query_weight.json", r'"T": ', "certificates/layer1_head0/query"),
    ("Layer1_keys/Data/keys.lean", r"bias := ", "Layer1_keys/Data/keys.lean"),
    ("Layer1_head0/Selection.lean", r"UniqueTopK ", "Selection.lean"),
]


def refuse_tampering(export: Path, copy: Path) -> None:
    """Change one number of each kind, by its first digit, and expect the reason."""
    for path, before, reason in TAMPERED:
        shutil.copytree(export, copy)
        text = (copy / path).read_text("utf-8")
        found = re.search(f"({before}-?)([0-9])", text)
        assert found is not None, f"{path} holds no {before}"
        digit = str((int(found[2]) + 1) % 10 or 1)
        changed = text[: found.end() - 1] + digit + text[found.end() :]
        forge(copy, path, changed)
        with pytest.raises(CertificateError, match=reason):
            read_export(copy)
        shutil.rmtree(copy)


@pytest.mark.lean
def test_a_step_ends_in_a_theorem_without_hypotheses_about_scores(
    recorded: Path, tmp_path: Path
) -> None:
    found = lipbridge_json(
        "run", "--preset", "msa", "--checkpoint", recorded / "checkpoint", "--trace",
        recorded / "trace", "--step", 12, "--layer", 1, "--sequence", 1, "--error", 1e-6,
        "--out", tmp_path / "out",
    )  # fmt: skip
    assert found["check"]["ok"]
    proved = {theorem["name"]: theorem["axioms"] for theorem in found["check"]["theorems"]}
    state = read_state(recorded / "trace", Place(12, 1, 1))
    assert found["reports"] == []
    for head, row in enumerate(found["selections"]):
        # The own block is active by position; blocks have their numbers in the sequence.
        assert (sorted(row["selected"] + [6]), row["forced"]) == ([*state.blocks[head]], [6])
        blocks = ", ".join(map(str, row["selected"]))
        assert "at layer 1, sequence 1, step 12, the blocks that a head" in found["sentence"]
        assert "Selected by position, and so always: 6." in found["sentence"]
        kept = rf"layer1_head{head} keeps blocks {blocks} up to [0-9.]+ \([0-9.]+ for scores"
        assert re.search(kept, found["sentence"])
        text = (tmp_path / f"out/Layer1_head{head}/Selection.lean").read_text("utf-8")
        assert f"blocks {blocks} of the sequence beside 6, active by position" in " ".join(
            text.split()
        )
        assert row["ratio"] == pytest.approx(float(row["radius"]) / row["flip"])
        for kind in ("selection", "computed"):
            assert proved[f"Layer1_head{head}.layer1_head{head}_at1_{kind}"] == []
        # Every map of the network is linear: the certified radius is the distance of a flip.
        assert 0.9 < float(row["radius"]) / row["flip"] <= 1 + 1e-9
    assert len(found["selections"]) == 2
    audited = lipbridge_json(
        "audit", recorded / "trace", "--preset", "msa", "--checkpoint", recorded / "checkpoint"
    )["states"]
    # From step 6 on three blocks and more compete for two places; two sequences, two heads.
    assert len(audited) == (TOKENS - 6) * 2 * 2
    for head, row in enumerate(found["selections"]):
        (same,) = (
            entry
            for entry in audited
            if entry["place"] == {"layer": 1, "sequence": 1, "step": 12, "head": head}
        )
        assert Fraction(same["radius"]) <= Fraction(row["exact"])
        assert same["radius"] == pytest.approx(float(Fraction(row["exact"])), rel=1e-15)
        assert (same["rounding"], same["refused"]) == (row["rounding"], "")
    # The heads share the keys.
    assert sorted(path.name for path in (tmp_path / "out").glob("Layer*_keys")) == ["Layer1_keys"]
    refuse_tampering(tmp_path / "out", tmp_path / "copy")
    checked = lipbridge_json(
        "check", tmp_path / "out", "--checkpoint", recorded / "checkpoint", "--no-recheck"
    )
    assert "the stored tensors are those of" in checked["weights"]
    said = "of a trace, and not compared with it: rotation, keys, hidden state, and which layer, "
    assert said + "sequence and step they are of" in checked["weights"]
    assert found["sentence"] == checked["sentence"]


def test_a_network_that_is_not_the_indexers_is_not_that_of_the_checkpoint(
    recorded: Path, tmp_path: Path
) -> None:
    checkpoint = recorded / "checkpoint"
    (job,) = pipeline.load_step("msa", checkpoint, *place(recorded, 12, head=1))
    keys = job.keys
    assert keys is not None and keys.step is not None
    assert (keys.step.blocks, keys.step.forced) == ((0, 1, 2, 3, 4, 5), (6,))
    step = replace(keys.step, blocks=(1, 2, 3, 4, 5, 6), forced=(0,))
    turn = TensorRef(ROTATION)
    whole = job.tensors[turn]
    reverse = replace(whole, numerators=whole.numerators[::-1].copy())

    def written(old: str, new: str) -> Job:
        """Another network, with the tensors that it names."""
        text = job.text.replace(old, new)
        assert text != job.text
        network = language.parse(text)
        tensors = network_tensors(network, checkpoint, {turn: whole})
        return replace(job, text=text, network=network, tensors=tensors)

    cases = [
        (job, ""),
        (written("[8:16]", "[0:8]"), "is not the network of head 1"),
        (written(" offset=1", ""), "is not the network of head 1"),
        (written("q_norm", "k_norm"), "is not the network of head 1"),
        (written("norm: gain", "gain: gain"), "is not the network of head 1"),
        (written("network layer1_head1", "network layer1_head2"), "none of the 2 heads of layer 1"),
        (replace(job, tensors={**job.tensors, turn: reverse}), "the recorded rotation is none"),
        (replace(job, keys=replace(keys, step=step)), r"layer1_head1\.json: at the last"),
        (replace(job, keys=replace(keys, group=4)), r"layer1_head1\.json: at the last"),
        (replace(job, top=1), r"layer1_head1\.json: at the last"),
    ]
    for number, (other, reason) in enumerate(cases):
        project = pipeline.export_jobs([other], tmp_path / f"out{number}")
        given = checkpoint / ("model.safetensors" if number % 2 else "")
        if reason:
            with pytest.raises(CertificateError, match=reason):
                weights_origin(project, given)
        else:
            said = weights_origin(project, given)
            assert "network layer1_head1 is that of head 1 of layer 1" in said
    alone = shutil.copy(checkpoint / "model.safetensors", tmp_path / "alone.safetensors")
    assert "not compared, without config.json" in weights_origin(project, Path(alone))


def test_what_is_no_step_is_refused(recorded: Path, tmp_path: Path) -> None:
    checkpoint = recorded / "checkpoint"
    cases: list[tuple[type[LipBridgeError], str, tuple[Path, Place]]] = [
        (InputError, "take a later step", place(recorded, 3)),
        (TraceError, "13 steps, not step 13", place(recorded, 13)),
        (InputError, "2 index heads, not 2", place(recorded, 8, head=2)),
        (TraceError, "no hidden states", (tmp_path, Place(8, 1, 0, 0))),
    ]
    for kind, reason, where in cases:
        with pytest.raises(kind, match=reason):
            pipeline.load_step("msa", checkpoint, *where)
    with pytest.raises(InputError, match="no step of preset dsa is proved"):
        pipeline.load_step("dsa", checkpoint, *place(recorded, 8))
    code, _, err = in_process("run", "--step", 8, "--trace", tmp_path, "--out", tmp_path / "o", "x")
    assert (code, err.count("\n")) == (2, 1)


def test_a_trace_of_another_preset_says_which(recorded: Path, tmp_path: Path) -> None:
    trace, checkpoint = recorded / "trace", recorded / "checkpoint"
    told = f"error: {trace}: was recorded of an indexer of preset msa; give --preset msa with its"
    of = ("--preset", "dsa", "--checkpoint", checkpoint)
    for arguments in (
        ("run", *of, "--trace", trace, "--step", 12, "--layer", 1, "--out", tmp_path / "out"),
        ("audit", trace, *of),
    ):
        code, _, err = in_process(*arguments, "--quiet")
        assert (code, err) == (2, f"{told} checkpoint, not dsa\n")
    assert not (tmp_path / "out").exists()
    # Traces recorded before do not say it; they are about the checkpoint that they are given.
    old = changed(recorded, tmp_path, "preset", 12) / "trace"
    (job,) = pipeline.load_step("msa", checkpoint, old, Place(12, 1, 1, 0))
    assert job.keys is not None


@pytest.mark.lean
def test_a_step_recorded_in_bfloat16_ends_in_a_theorem(tmp_path: Path) -> None:
    def model() -> torch.nn.Module:
        whole = msa.MiniMaxM3VLTextModel(transformers.MiniMaxM3VLTextConfig(**OPTIONS))
        return whole.to(torch.bfloat16)

    folder = record_model(tmp_path, model, PROMPT, TOKENS)
    state = read_state(folder / "trace", Place(12, 1, 1))
    assert state.hidden.dtype == torch.bfloat16
    found = lipbridge_json(
        "run", "--preset", "msa", "--checkpoint", folder / "checkpoint", "--trace",
        folder / "trace", "--step", 12, "--layer", 1, "--sequence", 1, "--head", 1,
        "--out", tmp_path / "out", "--no-recheck",
    )  # fmt: skip
    assert found["check"]["ok"]
    (row,) = found["selections"]
    assert sorted(row["selected"] + row["forced"]) == [*state.blocks[1]]
    assert 0.9 < float(row["radius"]) / row["flip"] <= 1 + 1e-9
    proved = {theorem["name"]: theorem["axioms"] for theorem in found["check"]["theorems"]}
    assert proved["Layer1_head1.layer1_head1_at1_selection"] == []


def changed(recorded: Path, folder: Path, field: str, step: int) -> Path:
    """A copy of the trace with one field of one step's file changed."""
    from safetensors import safe_open
    from safetensors.torch import save_file

    states = folder / "trace/states"
    states.mkdir(parents=True)
    for source in (recorded / "trace/states").iterdir():
        with safe_open(source, framework="pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            metadata = file.metadata()
        if field == "preset" or source.name.endswith(f"{step - PROMPT + 1:08d}.safetensors"):
            if field == "preset":
                metadata = {name: metadata[name] for name in metadata if name != "preset"}
            elif field == "sha256":
                metadata = metadata | {"sha256": "0" * 64}
            elif field == "blocks":
                blocks, own = tensors["blocks"], step // 2
                tensors["blocks"] = torch.where(blocks == own, own, (blocks + 1) % own)
            else:
                tensors[field] = -tensors[field]
        save_file(tensors, states / source.name, metadata=metadata)
    return folder


@pytest.mark.parametrize(
    ("field", "kind", "reason"),
    [
        ("blocks", NotProvedError, "its rounding decided"),
        ("hidden", NotProvedError, "its rounding decided"),
        ("sha256", InputError, "other weights"),
    ],
)
def test_a_recorded_selection_that_is_not_the_exact_one_is_refused(
    recorded: Path, tmp_path: Path, field: str, kind: type[LipBridgeError], reason: str
) -> None:
    folder = changed(recorded, tmp_path, field, 12)
    with pytest.raises(kind, match=reason):
        pipeline.load_step("msa", recorded / "checkpoint", *place(folder, 12))


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("index_topk_blocks", 4, "index_topk_blocks is 4, but 3 blocks were selected"),
        ("index_block_size", 4, "with index_block_size 4 the last block is 3, but 6 was selected"),
        ("index_block_size", 1, "the blocks [12] are active by position, but were not selected"),
    ],
)
def test_another_configuration_than_the_recorded_one_is_named(
    recorded: Path, tmp_path: Path, field: str, value: int, reason: str
) -> None:
    shutil.copytree(recorded / "checkpoint", tmp_path / "checkpoint")
    config = tmp_path / "checkpoint/config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {field: value}))
    with pytest.raises(InputError, match=re.escape(reason)):
        pipeline.load_step("msa", tmp_path / "checkpoint", *place(recorded, 12))


def test_states_of_another_module_are_refused(tmp_path: Path) -> None:
    class MiniMaxM3VLIndexer(torch.nn.Module):
        topk_blocks = block_size = head_dim = 2

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            scores = torch.matmul(x[:, None], x[:, None].transpose(-1, -2))
            return scores.topk(2).indices

    module = MiniMaxM3VLIndexer()
    with (
        pytest.raises(TraceError, match="hidden states are read of"),
        Recorder(module, tmp_path / "t", states=True),
    ):
        module(torch.ones(1, 3, 2))
