import hashlib

import pytest
import torch

from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.presets.registry import find_indexers
from lipbridge.numeric.weights.dequantize import load_exact
from tests.reference import indexers


def _digests(folder):
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*.*"))
        if file.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tiny_script, tiny_checkpoints, tmp_path):
    tiny_script.main([str(tmp_path)])
    assert _digests(tmp_path) == _digests(tiny_checkpoints)
    tiny_script.main([str(tmp_path), "--seed", "1"])
    assert _digests(tmp_path) != _digests(tiny_checkpoints)


@pytest.mark.parametrize(
    ("name", "family", "layers"),
    [("msa", "msa", [3, 4]), ("dsa", "dsa", [0, 1]), ("dsa-fp8", "dsa", [0, 1])],
)
def test_indexers_are_found(tiny_checkpoints, name, family, layers):
    index = find_indexers(open_checkpoint(tiny_checkpoints / name))
    assert index.preset == family
    assert [layer.layer for layer in index.layers] == layers
    load = {"msa": indexers.load_msa, "dsa": indexers.load_dsa}[family]
    for layer in index.layers:
        assert load(layer)


def test_quantization_is_close(tiny_checkpoints):
    plain = open_checkpoint(tiny_checkpoints / "dsa")
    coarse = open_checkpoint(tiny_checkpoints / "dsa-fp8")
    name = "model.layers.1.self_attn.indexer.wq_b.weight"
    exact, rounded = load_exact(plain.tensor(name)), load_exact(coarse.tensor(name))
    assert torch.linalg.matrix_norm(exact - rounded) <= 0.04 * torch.linalg.matrix_norm(exact)


@pytest.mark.parametrize("name", ["moba", "quest", "nsa-mlp", "mlp"])
def test_the_others_are_readable(tiny_checkpoints, name):
    checkpoint = open_checkpoint(tiny_checkpoints / name)
    assert checkpoint.config["top_k"] == 3
    for tensor in checkpoint.names:
        assert load_exact(checkpoint.tensor(tensor)).isfinite().all()
