"""The dsa preset's network against the reference indexer, on the tiny checkpoints."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from lipbridge.errors import InputError
from lipbridge.language import Network, kernel_limit, parse
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.language.kernel_limit import row_parts
from lipbridge.layers.concat import Concat
from lipbridge.numeric.evaluate import forward
from lipbridge.numeric.presets import dsa_network
from lipbridge.numeric.presets.configs import DsaConfig
from lipbridge.numeric.presets.dsa import Dsa
from lipbridge.numeric.presets.indexer import CheckpointIndex
from lipbridge.numeric.presets.registry import PresetOptions, find_preset
from lipbridge.numeric.tensors import network_tensors
from lipbridge.symbolic import derive
from tests.reference import indexers

LATENT = "self_attn.q_a_proj"


PRESET = find_preset("dsa")
assert isinstance(PRESET, Dsa)


def normal(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(5), dtype=torch.float64)


def opened(folder: Path) -> CheckpointIndex[DsaConfig]:
    return PRESET.find(open_checkpoint(folder))


def specs(folder: Path, radius: float) -> dict[str, str]:
    return PRESET.specs(open_checkpoint(folder), PresetOptions(hidden_norm=radius))


def changed(folder: Path, out: Path, *, drop: str = "", config: object = None) -> Path:
    """A copy with another rope_scaling, or without tensors whose names hold a text."""
    shutil.copytree(folder, out)
    tensors = load_file(out / "model.safetensors")
    kept = {name: t for name, t in tensors.items() if not drop or drop not in name}
    save_file(kept, out / "model.safetensors")
    if config is not None:
        text = json.loads((out / "config.json").read_text())
        (out / "config.json").write_text(json.dumps(text | {"rope_scaling": config}))
    return out


def agrees(folder: Path, position: int, token: int) -> Network:
    """Hold layer 1 against the reference at two positions, to float64 precision."""
    index = opened(folder)
    config, weights = index.config, indexers.load_dsa(index.layers[1])
    texts = PRESET.networks(index, Fraction(10), query_position=position, key_position=token)
    assert list(texts) == ["layer0", "layer1"]
    network = parse(texts["layer1"])
    x, context = normal(3, config.hidden), normal(position + 1, config.hidden)
    positions = torch.full((3,), position)
    latent = indexers.dsa_latent(x, weights, config)
    expected = indexers.dsa_scores(
        indexers.dsa_queries(latent, positions, weights, config),
        indexers.dsa_head_weights(x, weights, config),
        indexers.dsa_keys(context, torch.arange(position + 1), weights, config),
        positions,
    )[:, token]
    assert expected.isfinite().all()
    run = forward(network, network_tensors(network, folder))
    found = run(torch.cat([x, context[token].expand(3, -1)], 1))[:, 0]
    torch.testing.assert_close(found, expected, rtol=1e-11, atol=1e-12)
    return network


@pytest.mark.parametrize("kind", ["dsa", "dsa-fp8"])
@pytest.mark.parametrize(("position", "token"), [(1, 0), (5, 5), (40, 3), (3000, 1200)])
def test_the_score_of_a_token_is_the_reference_indexers(
    tiny_checkpoints: Path, kind: str, position: int, token: int
) -> None:
    network = agrees(tiny_checkpoints / kind, position, token)
    hidden, key = network.parts
    assert (hidden.name, hidden.norm, key.name, key.norm) == ("hidden", 10, "token", None)
    bound = derive(network)
    assert [part.input for part in bound.inputs] == ["hidden", "token"]
    # Every matrix enters once: no factor for the number of heads.
    assert "s" not in map(str, bound.numbers)


@pytest.mark.parametrize("bias", [False, True])
def test_matrices_beyond_the_kernel_are_taken_by_rows(
    tiny_checkpoints: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bias: bool
) -> None:
    folder = shutil.copytree(tiny_checkpoints / "dsa", tmp_path / "dsa")
    if bias:
        tensors = load_file(folder / "model.safetensors")
        extra = {f"model.layers.{n}.{LATENT}.bias": normal(24).bfloat16() for n in (0, 1)}
        save_file(tensors | extra, folder / "model.safetensors")
    whole = derive(agrees(folder, 2, 1))
    for module in (kernel_limit, dsa_network):
        monkeypatch.setattr(module, "beyond_kernel", lambda rows, cols: rows * cols > 390)
    network = agrees(folder, 2, 1)
    parts = [len(layer.branches) for layer in network.layers() if isinstance(layer, Concat)]
    assert parts == [3, 4]
    names = [layer.name for layer in network.layers()]
    assert {"layer1_latent2", "layer1_head3"} < set(names)
    # The length of the whole bias is followed as far as the norm behind it.
    assert len(derive(network).norms) == len(whole.norms) + 2 + 3 - bias


def test_what_an_export_needs(tiny_checkpoints: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="positive and finite, not 0"):
        specs(tiny_checkpoints / "dsa", 0)
    less = changed(tiny_checkpoints / "dsa", tmp_path / "less", drop="q_a_")
    with pytest.raises(InputError, match=r"layer 0's self_attn\.q_a_proj\.weight"):
        specs(less, 1)
    yarn = {"type": "yarn", "factor": 40, "original_max_position_embeddings": 4096}
    stretched = changed(tiny_checkpoints / "dsa", tmp_path / "yarn", config=yarn)
    with pytest.raises(InputError, match=r"stretches by 1\.36.*config\.json.*bound --preset"):
        specs(stretched, 1)


def test_heads_in_which_the_kernel_checks_a_full_model(tiny_checkpoints: Path) -> None:
    """1536×7168 is beyond the kernel, and no part is."""
    place = opened(tiny_checkpoints / "dsa").layers[0].tensors["q_a_proj"]
    full = type(place)(place.stored, place.name, (1536, 7168))
    assert row_parts(*full.selected_shape) == [(0, 512), (512, 1024), (1024, 1536)]
