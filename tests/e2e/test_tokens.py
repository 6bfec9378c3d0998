"""Norms, rotary embeddings and gains on each token of a block, kernel-checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.support import ROOT, lipbridge, lipbridge_json

MSA_BLOCK = ROOT / "examples/msa_block.lip"

GIVEN = """
network keys
input 3 x 4
norm: rms_norm gain=[1/8, -1/4, 0, 1/2] eps=1/4 offset=1
turn: rotary 1 position=7
weigh: gain gain=[1/2, 3, -1, 1/4] offset=1
mean_pool
"""

EXACT = """
network weighed
input 2 x 2
h1: gain gain=[1/2, -3]
linear 2 weight=[[1, 2], [0, 1]]
max_pool
gain gain=[1/2, -3] offset=2
"""

SCORES = """
network scores
input query 2 norm <= 3
input keys 3 x 4 norm <= 2
similarity {
  from query
  gain gain=[1/2, 1] offset=1
  rotary 1
} {
  from keys
  linear 2 weight=[[1, 0, 2, 0], [0, 1, 0, -1]]
  layer_norm gain=[1, 2] bias=[1, 1] eps=1
  gain gain=[3, -1]
  rotary 1 position=5
}
"""

TURNED = """
network turned
input query 8 norm <= 2
input token 4
similarity {
  from query
  linear 2 weight=[[1, 2, 0, 0, 1, 1, 0, 1], [0, 1, 0, 0, 1, 1, 0, 1]]
} {
  scores {
    from query
    split 2
    rotary 1 skip=2 step=0
    rotary 2 apart=1 step=0
  } {
    from token
    layer_norm gain=[1, 2, 1, 1] bias=[1, 1, 0, 0] eps=1
    rotary 2 apart=1
    rotary 1 apart=1 skip=1
  }
  relu
}
"""


@pytest.mark.lean
def test_adjacent_pairs_and_the_last_entries_are_proved(tmp_path: Path) -> None:
    path = tmp_path / "turned.lip"
    path.write_text(TURNED)
    result = lipbridge_json("run", path, "--out", tmp_path / "export")
    assert result["check"]["ok"]
    assert all(theorem["axioms"] == [] for theorem in result["check"]["theorems"])
    text = (tmp_path / "export/Turned/Network.lean").read_text("utf-8")
    assert "pairs (2i, 1 + 2i), i < 2" in text
    assert "pairs (2 + i, 3 + i), i < 1" in text


@pytest.mark.lean
def test_tokens_with_given_functions_are_proved(tmp_path: Path) -> None:
    path, folder = tmp_path / "keys.lip", tmp_path / "export"
    path.write_text(GIVEN)
    result = lipbridge_json("run", path, "--out", folder)
    assert result["check"]["ok"]
    assert all(theorem["axioms"] == [] for theorem in result["check"]["theorems"])
    statements = {t["name"]: t["statement"] for t in result["check"]["theorems"]}
    # One function for all tokens' norms; cosines and sines for each token.
    assert "norm_t : Vec R → R" in statements["Keys.keys_lipschitz"]
    assert "turn_t : Nat → Nat → Vec R" in statements["Keys.keys_lipschitz"]
    rows = {row["name"]: row for row in result["reports"][0]["layers"]}
    assert rows["norm"]["upper"] == pytest.approx(3)
    assert rows["turn"]["upper"] == 1
    assert rows["weigh"]["upper"] == pytest.approx(4)
    assert rows["weigh"]["lower"] == pytest.approx(4)
    # A gain whose largest entry is said to be smaller is refused.
    network = folder / "Keys" / "Network.lean"
    text = network.read_text("utf-8")
    assert text.count("(p := 256)") == 1
    assert "SqLipschitz 12 12 (ofNat 256)" in text
    smaller = text.replace("(p := 256)", "(p := 255)").replace("(ofNat 256)", "(ofNat 255)")
    network.write_text(smaller, "utf-8")
    refused = lipbridge("check", folder)
    assert refused.returncode == 1
    assert "Keys/Network.lean" in refused.stderr


@pytest.mark.lean
def test_gains_are_proved_with_their_values(tmp_path: Path) -> None:
    path = tmp_path / "weighed.lip"
    path.write_text(EXACT)
    result = lipbridge_json("run", path, "--out", tmp_path / "export")
    assert result["check"]["ok"]
    names = {theorem["name"] for theorem in result["check"]["theorems"]}
    assert {"Weighed.weighed_lipschitz", "Weighed.weighed_point1"} <= names
    # The same tensor with two offsets has two largest entries.
    rows = {row["name"]: row for row in result["reports"][0]["layers"]}
    assert rows["h1"]["upper"] == pytest.approx(3)
    assert rows["gain1"]["upper"] == pytest.approx(2.5)


@pytest.mark.lean
def test_scores_of_normed_and_turned_keys_are_proved(tmp_path: Path) -> None:
    path = tmp_path / "scores.lip"
    path.write_text(SCORES)
    result = lipbridge_json("run", path, "--out", tmp_path / "export")
    assert result["check"]["ok"]
    assert result["check"]["sorries"] == 0
    # ‖key‖ ≤ 3·(2·√2 + √2), and the query's gain is 2.
    rows = {row["name"]: row for row in result["reports"][0]["layers"]}
    assert rows["in query"]["upper"] == pytest.approx(18 * 2**0.5)


def test_the_example_is_the_indexer(tiny_checkpoints: Path) -> None:
    import torch

    from lipbridge.language import read
    from lipbridge.language.checkpoint.files import open_checkpoint
    from lipbridge.numeric.evaluate import forward
    from lipbridge.numeric.presets.configs import MsaConfig
    from lipbridge.numeric.presets.registry import find_indexers
    from lipbridge.numeric.tensors import network_tensors
    from tests.reference import indexers

    network, folder = read(MSA_BLOCK), tiny_checkpoints / "msa"
    found = find_indexers(open_checkpoint(folder))
    config, weights = found.config, indexers.load_msa(found.layers[0])
    assert found.layers[0].layer == 3
    assert isinstance(config, MsaConfig)
    generator = torch.Generator().manual_seed(0)
    hidden = torch.randn(5, 48, generator=generator, dtype=torch.float64)
    context = torch.randn(8, 48, generator=generator, dtype=torch.float64)
    query = indexers.msa_queries(hidden, torch.full((5,), 100), weights, config)[0]
    keys = indexers.msa_keys(context, torch.arange(64, 72), weights, config)
    inputs = torch.cat([hidden, context.flatten().expand(5, -1)], 1)
    scores = forward(network, network_tensors(network, folder))(inputs)[:, 0]
    # The indexer's frequencies are float32 numbers.
    torch.testing.assert_close(scores, (query @ keys.T).amax(1), rtol=1e-5, atol=1e-5)


@pytest.mark.lean
def test_the_example_is_proved(tiny_checkpoints: Path, tmp_path: Path) -> None:
    weights = tiny_checkpoints / "msa"
    result = lipbridge_json("run", MSA_BLOCK, "--weights", weights, "--out", tmp_path / "export")
    assert result["check"]["ok"]
    assert result["check"]["sorries"] == 0
    # The preset's bounds for layer 3, head 0, in the hidden state and in the block's tokens.
    rows = {row["name"]: row for row in result["reports"][0]["layers"]}
    assert rows["in hidden"]["upper"] == pytest.approx(1073.958, abs=0.01)
    assert rows["in context"]["upper"] == pytest.approx(946.105, abs=0.01)


@pytest.mark.parametrize(
    ("input", "layer", "said"),
    [
        ("3", "gain gain=[1, 1]", "1×2, but 1×3"),
        ("2 x 3", "gain gain=[1, 1]", "1×2, but 1×3"),
        ("3", "gain gain=[1, 1, 1] offset=1/2", "offset of gain must be an integer"),
        ("3", "gain offset=1", "lacks gain"),
        ("2 x 3", "rms_norm gain=[1, 1] eps=1", "1×2, but 1×3"),
        ("2 x 3", "layer_norm gain=[1, 1, 1] bias=[1] eps=1", "1×1, but 1×3"),
        ("2 x 3", "rotary 2", "rotates 4 entries, but its input has 3"),
        ("4", "rotary 2 apart=3", "apart of rotary 2 is 1 or 2, not 3"),
        ("4", "rotary 2 skip=1", "rotates 4 entries after the first 1, but its input has 4"),
        ("4", "rotary 2 step=1", "step of rotary is for the tokens of a block"),
    ],
)
def test_bad_ones_are_refused(tmp_path: Path, input: str, layer: str, said: str) -> None:
    path = tmp_path / "bad.lip"
    path.write_text(f"network n\ninput {input}\n{layer}\n")
    result = lipbridge("derive", path)
    assert result.returncode == 2
    assert said in " ".join(result.stderr.split())
