"""The presets' networks against the reference indexers, on the tiny checkpoints."""

import json
import re
import shutil
from typing import get_type_hints

import pytest
import torch
from safetensors.torch import load_file, save_file

from lipbridge.cli.sources import PresetSource
from lipbridge.errors import InputError, WeightsError
from lipbridge.language import parse
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.language.checkpoint.indexer_config import RotaryConfig
from lipbridge.language.text import rotary
from lipbridge.numeric.evaluate import forward
from lipbridge.numeric.presets.registry import (
    PresetOptions,
    find_indexers,
    find_preset,
    preset_names,
)
from lipbridge.numeric.tensors import network_tensors
from tests.reference import indexers

TOLERANCE = {"rtol": 1e-12, "atol": 1e-12}
# The reference holds the frequencies of rotary embeddings in float32, as the public code does.
ROTATED = {"rtol": 1e-6, "atol": 1e-6}


def _run(text, weights):
    network = parse(text)
    return network, forward(network, network_tensors(network, weights))


def _normal(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(5), dtype=torch.float64)


def _spec(name, file, block=None, **tensors):
    roles = tuple(f"{role}={tensor}" for role, tensor in tensors.items())
    options = PresetOptions(tensors=roles, block=block)
    (text,) = find_preset(name).specs(open_checkpoint(file), options).values()
    return text


def _wide(file):
    return {name: tensor.double() for name, tensor in load_file(file).items()}


YARN = {
    "rope_theta": 5e6,
    "rope_type": "yarn",
    "factor": 40.0,
    "original_max_position_embeddings": 32,
    "attention_factor": 1.0,
}


@pytest.mark.parametrize("rope", [None, YARN])
def test_msa(tiny_checkpoints, tmp_path, rope):
    """Every head's score of a block is the reference indexer's, and selects as it does."""
    folder = shutil.copytree(tiny_checkpoints / "msa", tmp_path / "msa")
    stated = json.loads((folder / "config.json").read_text())
    stated["text_config"]["rope_parameters"] = rope
    (folder / "config.json").write_text(json.dumps(stated))
    index = find_indexers(open_checkpoint(folder))
    config, weights = index.config, indexers.load_msa(index.layers[0])
    specs = find_preset("msa").specs(open_checkpoint(folder), PresetOptions())
    assert list(specs) == ["layer3", "layer4"]
    network, run = _run(specs["layer3"], folder)
    assert [part.shape for part in network.inputs] == [
        (config.hidden,),
        (config.block, config.hidden),
        (config.block, config.head_dim),
    ]
    hidden, context = _normal(1, config.hidden), _normal(config.block, config.hidden)
    positions = torch.arange(config.block)
    query = indexers.msa_queries(hidden, torch.tensor([config.block]), weights, config)
    keys = indexers.msa_keys(context, positions, weights, config)
    expected = (query @ keys.T).amax(-1)[:, 0]
    x = torch.cat([hidden[0], context.flatten(), (context @ weights.k_proj.T).flatten()])
    found = run(x[None])[0]
    torch.testing.assert_close(found[: config.heads], expected, **ROTATED)
    # Without the norm a head's scores are multiplied by one number, whatever the block.
    norm = (hidden @ weights.q_proj.T).unflatten(1, (config.heads, -1))[0]
    root = (norm.square().mean(1) + config.eps).sqrt()
    torch.testing.assert_close(found[config.heads :], expected * root, **ROTATED)


def test_rotary_that_stretches_is_refused():
    with pytest.raises(InputError, match=r"stretches by 1\.5"):
        rotary(RotaryConfig(dim=4, theta=100.0, kind="yarn", amplitude=1.5), 0)


def test_moba(tiny_checkpoints):
    file = tiny_checkpoints / "moba" / "model.safetensors"
    _, run = _run(_spec("moba", file, 8, queries="keys"), file)
    query, block = _wide(file)["keys"][0], _normal(8, 16)
    expected = indexers.moba_block_scores(query, block, 8)
    torch.testing.assert_close(run(block.flatten()[None])[0], expected, **TOLERANCE)


def test_quest(tiny_checkpoints, tmp_path):
    keys = _wide(tiny_checkpoints / "quest" / "model.safetensors")["keys"]
    highest, lowest = indexers.quest_bounds(keys, 8)
    file = tmp_path / "reach.safetensors"
    save_file({"reach": torch.cat([highest, -lowest], 1)}, file)
    _, run = _run(_spec("quest", file, reach="reach"), file)
    q = _normal(3, 16)
    torch.testing.assert_close(run(q), indexers.quest_block_scores(q, keys, 8), **TOLERANCE)


def test_nsa(tiny_checkpoints):
    file = tiny_checkpoints / "nsa-mlp" / "model.safetensors"
    names = [(f"compress.{i}.weight", f"compress.{i}.bias") for i in (0, 2)]
    roles = dict(zip(("w1", "b1", "w2", "b2"), (n for pair in names for n in pair), strict=True))
    _, run = _run(_spec("nsa-mlp", file, 8, queries="keys", **roles), file)
    tensors = _wide(file)
    (w1, b1), (w2, b2) = ((tensors[w], tensors[b]) for w, b in names)
    block = _normal(8, 16)
    keys = indexers.nsa_block_keys(block, indexers.NsaWeights(w1, b1, w2, b2), length=8)
    expected = indexers.nsa_block_scores(tensors["keys"][0], keys)
    torch.testing.assert_close(run(block.flatten()[None])[0], expected, **TOLERANCE)


def test_mlp(tiny_checkpoints):
    file = tiny_checkpoints / "mlp" / "model.safetensors"
    names = [(f"mlp.{i}.weight", f"mlp.{i}.bias") for i in (0, 2)]
    roles = dict(zip(("w1", "b1", "w2", "b2"), (n for pair in names for n in pair), strict=True))
    _, run = _run(_spec("mlp", file, block_keys="block_keys", **roles), file)
    tensors = _wide(file)
    x = _normal(3, 48)
    layers = [(tensors[w], tensors[b]) for w, b in names]
    expected = indexers.mlp_head_scores(x, layers, tensors["block_keys"])
    torch.testing.assert_close(run(x), expected, **TOLERANCE)


def test_every_preset_is_described():
    names = preset_names()
    assert {"msa", "dsa", "glm_moe_dsa", "hy_v4", "axk2", "moba", "quest", "nsa-mlp", "mlp"} == set(
        names
    )
    help = get_type_hints(PresetSource, include_extras=True)["preset"].__metadata__[0].help
    assert set(re.split(", | or ", help.split(";")[0])) == set(names)
    for name in names:
        preset = find_preset(name)
        assert preset.name == name
        assert preset.summary
        assert preset.takes <= set(vars(PresetOptions()))


def test_rejects_what_does_not_fit(tmp_path):
    file = tmp_path / "model.safetensors"
    save_file({'a"b': torch.ones(2, 2), "m": torch.ones(2, 2), "v": torch.ones(2)}, file)
    with pytest.raises(InputError, match="may not hold quotes"):
        _spec("moba", file, 2, queries='a"b')
    with pytest.raises(WeightsError, match="is no matrix"):
        _spec("moba", file, 2, queries="v")
    with pytest.raises(InputError, match="--tensor queries=TENSOR"):
        _spec("moba", file, 2)
    with pytest.raises(InputError, match="give --block"):
        _spec("moba", file, queries="m")
