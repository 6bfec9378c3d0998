import json

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file
from safetensors.torch import save_file as save_torch

from lipbridge.errors import InputError, WeightsError
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.presets.registry import PresetOptions, find_indexers, find_preset, recognised

MSA = {
    "model_type": "minimax_m3_vl_text",
    "hidden_size": 6,
    "head_dim": 4,
    "index_n_heads": 2,
    "index_head_dim": 4,
    "index_block_size": 8,
    "index_topk_blocks": 2,
    "index_local_blocks": 1,
    "num_hidden_layers": 5,
    "rope_parameters": {"rope_theta": 1e4},
}


def _msa_layer(number, prefix="language_model.model.", style="index_"):
    base = f"{prefix}layers.{number}.self_attn.{style}"
    return {
        f"{base}q_proj.weight": np.zeros((8, 6), np.float32),
        f"{base}k_proj.weight": np.zeros((4, 6), np.float32),
        f"{base}q_norm.weight": np.zeros(4, np.float32),
        f"{base}k_norm.weight": np.zeros(4, np.float32),
    }


def _folder(path, tensors, config):
    save_file(tensors, path / "model.safetensors")
    (path / "config.json").write_text(json.dumps(config))
    return open_checkpoint(path)


@pytest.mark.parametrize("style", ["index_", "indexer."])
def test_finds_layers_and_heads(tmp_path, style):
    tensors = _msa_layer(3, style=style) | _msa_layer(4, style=style) | {"x": np.zeros(1)}
    index = find_indexers(_folder(tmp_path, tensors, MSA))
    assert [layer.layer for layer in index.layers] == [3, 4]
    assert [head.rows for head in index.layers[0].heads] == [(0, 4), (4, 8)]
    assert index.layers[0].heads[1].selected_shape == (4, 6)
    assert set(index.layers[0].tensors) == {"q_proj", "k_proj", "q_norm", "k_norm"}
    assert [
        layer.layer for layer in find_indexers(open_checkpoint(tmp_path), layers="4").layers
    ] == [4]
    with pytest.raises(InputError, match="there is one in 3-4"):
        find_indexers(open_checkpoint(tmp_path), layers="0-2")


def test_prediction_layers_are_left_out_unless_named(tmp_path):
    tensors = _msa_layer(3) | _msa_layer(5) | _msa_layer(4, prefix="mtp.")
    checkpoint = _folder(tmp_path, tensors, MSA)
    assert [layer.layer for layer in find_indexers(checkpoint).layers] == [3]
    assert [layer.layer for layer in find_indexers(checkpoint, layers="5").layers] == [5]


def test_names_a_missing_tensor(tmp_path):
    tensors = _msa_layer(3)
    del tensors["language_model.model.layers.3.self_attn.index_k_norm.weight"]
    with pytest.raises(
        WeightsError, match=r"no tensor '.*layers\.3\.self_attn\.index_k_norm\.weight'"
    ):
        find_indexers(_folder(tmp_path, tensors, MSA))


def test_names_a_misshapen_tensor(tmp_path):
    config = {**MSA, "hidden_size": 7}
    with pytest.raises(WeightsError, match=r"q_proj.weight' has shape \[8, 6\], but \[8, 7\]"):
        find_indexers(_folder(tmp_path, _msa_layer(3), config))


def test_names_a_layer_that_the_config_promises(tmp_path):
    config = {**MSA, "num_hidden_layers": 3}
    config["layer_types"] = ["full_attention", "minimax_m3_sparse", "minimax_m3_sparse"]
    with pytest.raises(WeightsError, match="says that layer 1 has an indexer"):
        find_indexers(_folder(tmp_path, _msa_layer(2), config))
    config = {**MSA, "sparse_attention_config": {"sparse_attention_freq": [0, 1]}}
    with pytest.raises(WeightsError, match="says that layer 1 has an indexer"):
        find_indexers(_folder(tmp_path, _msa_layer(2), config))


def _dense(n):
    return ["full_attention"] * n


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"layer_types": _dense(5)}, r"layer 3 has no indexer, but there is a tensor '.*q_proj"),
        ({"layer_types": [*_dense(3), "other", "other"]}, "layer 3 has no indexer, but"),
        ({"layer_types": ["minimax_m3_sparse"]}, "layer_types has 1 entries for 5 layers"),
        ({"layer_types": "minimax_m3_sparse"}, "layer_types must be a list"),
        ({"num_hidden_layers": "5"}, "num_hidden_layers must be an integer"),
        ({"sparse_attention_config": {"sparse_attention_freq": [0] * 5}}, "3 has no indexer"),
        (
            {
                "layer_types": [*_dense(3), "minimax_m3_sparse", *_dense(1)],
                "sparse_attention_config": {"sparse_attention_freq": [0, 0, 0, 1, 1]},
            },
            "layer_types and sparse_attention_freq contradict",
        ),
    ],
)
def test_configuration_and_tensors_must_agree_on_the_layers(tmp_path, change, message):
    with pytest.raises(WeightsError, match=message):
        find_indexers(_folder(tmp_path, _msa_layer(3), {**MSA, **change}))


def _dsa(layers):
    shapes = {"wq_b.weight": (8, 3), "wk.weight": (4, 6), "weights_proj.weight": (2, 6)}
    shapes |= {"k_norm.weight": (4,), "k_norm.bias": (4,)}
    return {
        f"model.layers.{n}.self_attn.indexer.{name}": np.zeros(shape, np.float32)
        for n in range(layers)
        for name, shape in shapes.items()
    }


DSA = {
    "hidden_size": 6,
    "q_lora_rank": 3,
    "qk_rope_head_dim": 2,
    "index_n_heads": 2,
    "index_head_dim": 4,
    "index_topk": 2,
    "num_hidden_layers": 5,
    "rope_theta": 1e4,
    "model_type": "glm_moe_dsa",
}


@pytest.mark.parametrize(
    ("change", "own"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"layer_types": ["deepseek_sparse_attention"] * 5}, [0, 1, 2, 3, 4]),
        ({"indexer_types": ["full", "shared", "full", "shared", "shared"]}, [0, 2]),
        ({"index_topk_pattern": "FSSFF"}, [0, 3, 4]),
        ({"index_topk_pattern": ["full", "full", "shared", "full", "shared"]}, [0, 1, 3]),
        ({"index_topk_freq": 2}, [0, 1, 3]),
        ({"index_topk_freq": 3, "index_skip_topk_offset": 1}, [0, 3]),
        ({"num_hidden_layers": 3}, [0, 1, 2]),
    ],
)
def test_which_layers_have_an_indexer_of_their_own(tmp_path, change, own):
    index = find_indexers(_folder(tmp_path, _dsa(5), {**DSA, **change}))
    assert [layer.layer for layer in index.layers] == own


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"indexer_types": ["full", "half"] * 3}, "indexer type 'half' is not full or shared"),
        ({"indexer_types": ["shared"] * 5}, "every layer that is there shares another"),
        ({"index_topk_pattern": "FXFFF"}, "indexer type 'X' is not"),
        ({"index_topk_pattern": 3}, "index_topk_pattern 3 is not understood"),
        ({"index_topk_freq": 0}, "index_topk_freq must be an integer"),
    ],
)
def test_what_is_said_of_shared_indexers_is_understood(tmp_path, change, message):
    with pytest.raises(WeightsError, match=message):
        find_indexers(_folder(tmp_path, _dsa(5), {**DSA, **change}))


def test_every_tensor_of_a_module_that_is_read_is_known(tmp_path):
    attention = "model.layers.0.self_attn."
    latent = {
        f"{attention}q_a_proj.weight": np.zeros((3, 6), np.float32),
        f"{attention}q_a_layernorm.weight": np.zeros(3, np.float32),
    }
    config = {**DSA, "num_hidden_layers": 1}
    assert find_indexers(_folder(tmp_path, _dsa(1) | latent, config))
    bias = {f"{attention}q_a_layernorm.bias": np.zeros(3, np.float32)}
    with pytest.raises(
        WeightsError, match=r"q_a_layernorm\.bias' belongs to the indexer of layer 0"
    ):
        find_indexers(_folder(tmp_path, _dsa(1) | latent | bias, config))


def test_rejects_what_holds_no_indexer(tmp_path):
    checkpoint = _folder(tmp_path, {"x": np.zeros(1)}, MSA)
    with pytest.raises(WeightsError, match="no indexer found"):
        recognised(checkpoint)
    with pytest.raises(WeightsError, match="no msa indexer found"):
        find_preset("msa").find(checkpoint)


@pytest.mark.parametrize("kind", ["glm5_next_text", "deepseek_v4", "dots3_note_text", "new"])
def test_another_model_under_the_same_names_says_what_it_is(tmp_path, kind):
    checkpoint = _folder(tmp_path, _msa_layer(3), {**MSA, "model_type": kind})
    for find in (find_indexers, find_preset("msa").find):
        with pytest.raises(WeightsError, match=f"model_type '{kind}' is none whose indexer"):
            find(checkpoint)


def test_a_known_model_is_read_by_its_own_preset(tmp_path):
    checkpoint = _folder(tmp_path, _msa_layer(3), {**MSA, "model_type": "glm_moe_dsa"})
    with pytest.raises(WeightsError, match="is read by preset glm_moe_dsa, not msa"):
        find_preset("msa").find(checkpoint)


def test_names_alone_do_not_say_which_model_it_is(tmp_path):
    config = {key: value for key, value in MSA.items() if key != "model_type"}
    with pytest.raises(WeightsError, match="model_type is missing"):
        find_indexers(_folder(tmp_path, _msa_layer(3), config))


@pytest.mark.parametrize("extra", ["q_proj.bias", "v_proj.weight", "gate"])
def test_a_tensor_that_the_model_does_not_have_is_named(tmp_path, extra):
    name = f"language_model.model.layers.3.self_attn.index_{extra}"
    tensors = _msa_layer(3) | {name: np.zeros(8, np.float32)}
    with pytest.raises(WeightsError, match=f"'{name}' belongs to the indexer of layer 3"):
        find_indexers(_folder(tmp_path, tensors, MSA))


@pytest.mark.parametrize("style", ["qweight", "weight_packed"])
def test_packed_projections_are_refused_by_name(tmp_path, style):
    tensors = _msa_layer(3)
    base = "language_model.model.layers.3.self_attn.index_q_proj."
    del tensors[base + "weight"]
    packed = {base + style: np.zeros((8, 6), np.int32)}
    with pytest.raises(WeightsError, match=f"index_q_proj.{style}' .*which is not read"):
        find_indexers(_folder(tmp_path, tensors | packed, MSA))


def test_rejects_two_indexers_in_one_layer(tmp_path):
    tensors = _msa_layer(3) | _msa_layer(3, prefix="other.")
    with pytest.raises(WeightsError, match="layer 3 has two indexers"):
        find_indexers(_folder(tmp_path, tensors, MSA))


SPARSE = {
    "sparse_num_index_heads": 2,
    "sparse_index_dim": 4,
    "sparse_block_size": 8,
    "sparse_topk_blocks": 2,
    "sparse_local_block": 1,
    "sparse_attention_freq": [0, 0, 0, 1],
}


def _nested(**change):
    """A multimodal model's config.json, its numbers in sparse_attention_config."""
    text = {key: value for key, value in MSA.items() if not key.startswith("index_")}
    text |= {"num_hidden_layers": 4, "sparse_attention_config": SPARSE, **change}
    return {"model_type": "minimax_m3_vl", "text_config": text}


@pytest.mark.parametrize(("gemma", "largest"), [(True, 0.0), (False, 2.0)])
def test_the_gain_of_a_norm_is_as_the_configuration_says(tmp_path, gemma, largest):
    """γ = -1: a Gemma-style norm has the gain 1 + γ = 0, the plain one |γ| = 1; ‖k‖ ≤ √4·gain."""
    tensors = {n: t - 1 if "norm" in n else t + 1 for n, t in _msa_layer(3).items()}
    checkpoint = _folder(tmp_path, tensors, _nested(use_gemma_norm=gemma))
    report = find_preset("msa").bounds(checkpoint, PresetOptions())
    assert report.rows[0].constant("query").upper == pytest.approx(largest, abs=1e-300, rel=1e-6)
    (text,) = find_preset("msa").specs(checkpoint, PresetOptions()).values()
    assert ("offset=1" in text) == gemma


def test_mxfp8_with_exponents_in_bytes(tmp_path):
    """MiniMax-M3's MXFP8 layout: e4m3 codes, groups of 32 in a row, scales 2^(byte − 127) in U8."""
    config = _nested(hidden_size=64)
    quantization = {"quant_method": "mxfp8", "weight_block_size": [1, 32]}
    base = "language_model.model.layers.3.self_attn.index_"
    tensors = {f"{base}{k}_norm.weight": torch.zeros(4) for k in "qk"}
    for kind, rows in (("q", 8), ("k", 4)):
        codes = torch.zeros(rows, 64)
        codes[:, 0] = codes[:, 32] = 1
        tensors[f"{base}{kind}_proj.weight"] = codes.to(torch.float8_e4m3fn)
        scales = torch.tensor([[127, 129]], dtype=torch.uint8).repeat(rows, 1)
        tensors[f"{base}{kind}_proj.weight_scale_inv"] = scales
    save_torch(tensors, tmp_path / "model.safetensors")
    whole = json.dumps({**config, "quantization_config": quantization})
    (tmp_path / "config.json").write_text(whole)
    report = find_preset("msa").bounds(open_checkpoint(tmp_path), PresetOptions())
    # Four rows (1, 4) a head: σ = √(4·(1 + 16)).
    for row in report.rows:
        assert row.sigma.lower == pytest.approx(68**0.5, rel=1e-9)
        assert 68**0.5 <= row.sigma.upper <= 68**0.5 * (1 + 1e-9)
