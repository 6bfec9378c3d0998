"""Quantised tensors: every layout that is read gives the published values, the rest is refused.

The references below are written as the loaders compute: ``transformers`` for fp8, MXFP8 and
bitsandbytes, ``compressed-tensors`` and Model Optimizer for theirs.
"""

import json

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.clip_files import clip_checkpoint
from lipbridge.numeric.spectral.bounds import spectral_bound
from lipbridge.numeric.weights.dequantize import encoding_of, load_exact
from lipbridge.numeric.weights.files import load_tensor, tensor_names

FP8 = [torch.float8_e4m3fn, torch.float8_e5m2, torch.float8_e4m3fnuz, torch.float8_e5m2fnuz]
FINE = {"quant_method": "fp8", "weight_block_size": [2, 3]}
E2M1 = [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, -0.0, -0.5, -1.0, -1.5, -2.0, -3.0, -4.0, -6.0]


def _generator():
    return torch.Generator().manual_seed(3)


def _codes(rows, cols, dtype=torch.float8_e4m3fn):
    return (torch.randn(rows, cols, generator=_generator()) * 9).to(dtype)


def _scales(*shape, dtype=torch.float32):
    return (torch.rand(*shape, generator=_generator()) + 0.1).to(dtype)


def _bytes(rows, cols, low=0, high=256):
    return torch.randint(low, high, (rows, cols), generator=_generator(), dtype=torch.uint8)


def _group(**weights):
    return {
        "quant_method": "compressed-tensors",
        "config_groups": {"group_0": {"targets": ["Linear"], "weights": weights}},
    }


def _groups(**targets):
    """Groups of fp8 weights by their strategy."""
    return {
        "quant_method": "compressed-tensors",
        "config_groups": {
            strategy: {
                "targets": names,
                "weights": {"num_bits": 8, "type": "float", "strategy": strategy},
            }
            for strategy, names in targets.items()
        },
    }


def _save(folder, tensors, quantization=None, *, inside=None):
    folder.mkdir(exist_ok=True)
    save_file({name: t.contiguous() for name, t in tensors.items()}, folder / "model.safetensors")
    if quantization is not None:
        config = {"quantization_config": quantization}
        config = {inside: config} if inside else config
        (folder / "config.json").write_text(json.dumps(config))
    return folder


def _expanded(scales, block, shape):
    wide = scales.double().repeat_interleave(block[0], 0).repeat_interleave(block[1], 1)
    return wide[: shape[0], : shape[1]]


def _unpacked(packed):
    table = torch.tensor(E2M1)
    low, high = table[(packed & 15).long()], table[(packed >> 4).long()]
    return torch.stack([low, high], -1).flatten(-2)


def _layouts():
    """(name, tensors, quantization_config, values) of every layout that is read."""
    for dtype in FP8:
        codes, scales = _codes(5, 7, dtype), _scales(3, 3)
        values = codes.double() * _expanded(scales, (2, 3), (5, 7))
        config = {
            "quant_method": "fp8",
            "weight_block_size": [2, 3],
            "activation_scheme": "dynamic",
        }
        yield f"fp8-{dtype}", {"a.weight": codes, "a.weight_scale_inv": scales}, config, values
    codes = _codes(5, 7)
    for suffix in ("a.scale", "a.qscale_weight"):
        scales = _scales(3, 3)
        values = codes.double() * _expanded(scales, (2, 3), (5, 7))
        config = {"quant_method": "fp8", "weight_block_size": [2, 3]}
        yield suffix, {"a.weight": codes, suffix: scales}, config, values
    scales = torch.tensor([[120, 126, 127], [128, 130, 1], [254, 0, 127]], dtype=torch.uint8)
    powers = torch.exp2(scales.double() - 127)
    values = codes.double() * _expanded(powers, (2, 3), (5, 7))
    exponents = scales.view(torch.float8_e8m0fnu)
    config = {"quant_method": "fp8", "weight_block_size": [2, 3], "scale_fmt": "ue8m0"}
    yield "ue8m0", {"a.weight": codes, "a.weight_scale_inv": exponents}, config, values
    per_tensor = {"a.weight": codes, "a.weight_scale": torch.tensor(0.3)}
    values = codes.double() * torch.tensor(0.3).double()
    yield "fp8-tensor", per_tensor, {"quant_method": "fp8", "weight_block_size": None}, values
    yield "no-config-tensor", per_tensor, None, values
    weights = {"num_bits": 8, "type": "float", "strategy": "tensor"}
    yield "ct-tensor", per_tensor, _group(**weights), values
    yield "modelopt-fp8", per_tensor, {"quant_algo": "FP8"}, values

    rows = _scales(5, 1, dtype=torch.bfloat16)
    channel = {"a.weight": codes, "a.weight_scale": rows}
    values = codes.double() * rows.double()
    yield "no-config-channel", channel, None, values
    yield "fbgemm", channel, {"quant_method": "fbgemm_fp8"}, values
    yield "ct-channel", channel, _group(**{**weights, "strategy": "channel"}), values
    bare = {"quant_method": "compressed-tensors", "format": "float-quantized"}
    yield "ct-without-groups", channel, bare, values
    flat = {**channel, "a.weight_scale": rows[:, 0]}
    yield "modelopt-channel", flat, {"quant_algo": "FP8_PER_CHANNEL_PER_TOKEN"}, values

    scales = _scales(3, 3)
    values = codes.double() * _expanded(scales, (2, 3), (5, 7))
    block = {**weights, "strategy": "block", "block_structure": [2, 3]}
    yield "ct-block", {"a.weight": codes, "a.weight_scale": scales}, _group(**block), values
    block["block_structure"] = "2x3"
    yield "ct-block-text", {"a.weight": codes, "a.weight_scale": scales}, _group(**block), values
    values = codes.double() * rows.double()
    # What is targeted by name is not in the group of its class.
    groups = _groups(channel=["re:.*a$"], tensor=["Linear"]) | {"ignore": ["re:.*b$", "lm_head"]}
    yield "ct-groups", channel, groups, values
    groups = _groups(tensor=["b"], channel=["Linear"])
    yield "ct-group-of-a-class", channel, groups, values

    wide = _codes(4, 64)
    scales = torch.randint(100, 140, (4, 2), generator=_generator(), dtype=torch.uint8)
    values = wide.double() * _expanded(torch.exp2(scales.double() - 127), (1, 32), (4, 64))
    mxfp8 = {"quant_method": "mxfp8", "weight_block_size": [1, 32]}
    yield "mxfp8-u8", {"a.weight": wide, "a.weight_scale_inv": scales}, mxfp8, values
    exponents = scales.view(torch.float8_e8m0fnu)
    yield "mxfp8-e8m0", {"a.weight": wide, "a.weight_scale_inv": exponents}, mxfp8, values
    tensors = {"a.weight": wide, "a.weight_scale": scales}
    group = {**weights, "strategy": "group", "group_size": 32, "scale_dtype": "torch.uint8"}
    yield "ct-mxfp8", tensors, _group(**group), values
    yield "modelopt-mxfp8", tensors, {"quant_algo": "MXFP8"}, values

    whole = torch.randint(-127, 128, (5, 7), generator=_generator(), dtype=torch.int8)
    values = whole.double() * rows.double()
    tensors = {"a.weight": whole, "a.weight_scale": rows}
    int8 = {"num_bits": 8, "type": "int", "strategy": "channel", "symmetric": True}
    yield "ct-int8", tensors, _group(**int8), values
    largest = _scales(5)
    layout = torch.tensor(0, dtype=torch.uint8)
    tensors = {"a.weight": whole, "a.SCB": largest, "a.weight_format": layout}
    # As bitsandbytes computes in float32.
    values = (whole * largest.view(-1, 1) * 7.874015718698502e-3).double()
    yield "bnb", tensors, {"quant_method": "bitsandbytes", "load_in_8bit": True}, values

    packed, e4m3 = _bytes(3, 16), _scales(3, 2).to(torch.float8_e4m3fn)
    overall = torch.tensor([0.37])
    values = _unpacked(packed).double() * _expanded(e4m3, (1, 16), (3, 32)) * overall.double()
    tensors = {"a.weight": packed, "a.weight_scale": e4m3, "a.weight_scale_2": overall[0]}
    yield "modelopt-nvfp4", tensors, {"quant_algo": "NVFP4", "group_size": 16}, values
    quotient = (e4m3.float() / overall).double()
    values = _unpacked(packed).double() * _expanded(quotient, (1, 16), (3, 32))
    tensors = {"a.weight_packed": packed, "a.weight_scale": e4m3, "a.weight_global_scale": overall}
    four = {"num_bits": 4, "type": "float", "strategy": "tensor_group", "group_size": 16}
    yield "ct-nvfp4", tensors, _group(**four), values


LAYOUTS = [pytest.param(*rest, id=name) for name, *rest in _layouts()]


@pytest.mark.parametrize(("tensors", "quantization", "values"), LAYOUTS)
def test_values_are_the_published_ones(tmp_path, tensors, quantization, values):
    folder = _save(tmp_path / "m", tensors, quantization)
    place = open_checkpoint(folder).tensor("a.weight")
    assert place.shape == tuple(values.shape)
    assert torch.equal(load_exact(place), values)
    assert torch.equal(load_exact(place.select(1, 3)), values[1:3])
    # The same from the file as from the folder.
    for source in (folder, folder / "model.safetensors"):
        assert torch.equal(load_tensor(source, "a.weight"), values)
        assert tensor_names(source) == ("a.weight",)


@pytest.mark.parametrize(("tensors", "quantization", "values"), LAYOUTS)
def test_clipping_writes_the_format_that_it_read(tmp_path, tensors, quantization, values):
    folder, target = _save(tmp_path / "m", tensors, quantization), tmp_path / "clipped"
    sigma = float(torch.linalg.matrix_norm(values, 2)) * 0.75
    (row,) = clip_checkpoint(folder, target, ["a.weight"], sigma).rows
    assert row.changed
    written = load_tensor(target, "a.weight")
    # Certified as stored: the file that was written is what the bound is about.
    assert spectral_bound(written).upper == row.after.upper <= sigma
    before, after = open_checkpoint(folder), open_checkpoint(target)
    for name in set(tensors) - {"a.weight", "a.weight_packed"}:
        assert torch.equal(*(load_raw(checkpoint, name) for checkpoint in (before, after)))
    assert after.tensor("a.weight").stored.dtype == before.tensor("a.weight").stored.dtype


def load_raw(checkpoint, name):
    with safe_open(checkpoint.stored(name).file, "pt") as file:
        return file.get_tensor(name).flatten().view(torch.uint8)


def test_the_norm_of_a_known_matrix(tmp_path):
    identity = torch.eye(2).to(torch.float8_e4m3fn)
    scales = torch.tensor([[300.0], [400.0]])
    _save(tmp_path, {"a.weight": identity, "a.weight_scale": scales})
    bound = spectral_bound(load_tensor(tmp_path / "model.safetensors", "a.weight"))
    assert bound.lower == pytest.approx(400, rel=1e-9)
    assert 400 <= bound.upper <= 400 * (1 + 1e-8)


def test_the_configuration_may_be_that_of_the_text_model(tmp_path):
    tensors = {"a.weight": _codes(5, 7), "a.weight_scale_inv": _scales(3, 3)}
    config = {"quant_method": "fp8", "weight_block_size": [2, 3]}
    _save(tmp_path, tensors, config, inside="text_config")
    assert open_checkpoint(tmp_path).tensor("a.weight").scaling.block == (2, 3)
    whole = {"quantization_config": {**config, "weight_block_size": [3, 3]}}
    whole["text_config"] = {"quantization_config": config}
    (tmp_path / "config.json").write_text(json.dumps(whole))
    with pytest.raises(WeightsError, match="contradict each other"):
        open_checkpoint(tmp_path)


def test_modelopt_has_a_file_of_its_own(tmp_path):
    _save(tmp_path, {"a.weight": _codes(2, 2), "a.weight_scale": torch.tensor(2.0)})
    (tmp_path / "hf_quant_config.json").write_text('{"quantization": {"quant_algo": "W4A8_AWQ"}}')
    with pytest.raises(WeightsError, match="quant_algo 'W4A8_AWQ', which is not read"):
        load_tensor(tmp_path, "a.weight")


def test_one_shard_finds_its_scale_in_another(tmp_path):
    codes, scales = _codes(2, 3), torch.tensor([[2.0]])
    save_file({"w": codes}, tmp_path / "m-1.safetensors")
    save_file({"w_scale_inv": scales}, tmp_path / "m-2.safetensors")
    index = {"weight_map": {"w": "m-1.safetensors", "w_scale_inv": "m-2.safetensors"}}
    shard = tmp_path / "m-1.safetensors"
    with pytest.raises(WeightsError, match=r"'w' \(F8_E4M3\) has no scale: .* keep its index"):
        load_tensor(shard, "w")
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index))
    assert torch.equal(load_tensor(shard, "w"), codes.double() * 2)
    assert tensor_names(shard) == ("w",)
    (tmp_path / "m-2.safetensors").unlink()
    with pytest.raises(WeightsError, match=r"m-2.safetensors: cannot be read"):
        load_tensor(shard, "w")


def test_a_shard_is_not_read_for_a_tensor_that_its_index_puts_elsewhere(tmp_path):
    for name, factor in (("m-1", 1.0), ("m-2", 7.0)):
        save_file(
            {"w": factor * torch.eye(2), name: torch.eye(2)}, tmp_path / f"{name}.safetensors"
        )
    index = {"w": "m-2.safetensors", "m-1": "m-1.safetensors", "m-2": "m-2.safetensors"}
    path = tmp_path / "model.safetensors.index.json"
    path.write_text(json.dumps({"weight_map": index}))
    with pytest.raises(
        WeightsError, match=r"'w' with other values in m-1\.safetensors than in m-2"
    ):
        load_tensor(tmp_path, "w")
    assert load_tensor(tmp_path, "m-1")[0, 0] == 1
    assert load_tensor(tmp_path / "m-2.safetensors", "w")[0, 0] == 7
    with pytest.raises(WeightsError, match=r"'w', but the index beside it names m-2\.safetensors"):
        load_tensor(tmp_path / "m-1.safetensors", "w")
    save_file({"w": 7 * torch.eye(2), "m-1": torch.eye(2)}, tmp_path / "m-1.safetensors")
    assert load_tensor(tmp_path, "w")[0, 0] == 7


def test_what_an_index_leaves_out_is_not_overlooked(tmp_path):
    plain = {"w.weight": torch.eye(2), "w.weight_scale": torch.ones(1)}
    codes = {"c.weight": _codes(2, 3), "c.weight_scale": torch.ones(1)}
    save_file({**plain, **codes}, tmp_path / "m-1.safetensors")
    index = dict.fromkeys(("w.weight", "c.weight"), "m-1.safetensors")
    path = tmp_path / "model.safetensors.index.json"
    path.write_text(json.dumps({"weight_map": index}))
    with pytest.raises(WeightsError, match=r"comes with 'w\.weight_scale', but holds no codes"):
        load_tensor(tmp_path, "w.weight")
    with pytest.raises(WeightsError, match=r"'c\.weight_scale' in m-1.*, but the index leaves it"):
        load_tensor(tmp_path, "c.weight")


@pytest.mark.parametrize("place", ["language_config", "text_config", "llm_config"])
def test_a_part_of_the_model_states_how_it_is_quantised(tmp_path, place):
    _save(tmp_path, {"a.weight": torch.ones(2, 2)}, {"quant_method": "higgs"}, inside=place)
    with pytest.raises(WeightsError, match="quant_method 'higgs', none of"):
        load_tensor(tmp_path, "a.weight")
    stated = (tmp_path / "config.json").read_text()
    (tmp_path / "config.json").write_text(f'{{"whole": {stated}}}')
    with pytest.raises(WeightsError, match="quant_method 'higgs', none of"):
        load_tensor(tmp_path, "a.weight")


CHANNELS = _group(num_bits=8, type="float", strategy="channel")
GRID = {"a.weight": _codes(5, 7), "a.weight_scale_inv": _scales(3, 3)}
CHANNEL = {"a.weight": _codes(5, 7), "a.weight_scale": _scales(5, 1)}
NVFP4 = {
    "a.weight": _bytes(3, 16),
    "a.weight_scale": _scales(3, 2).to(torch.float8_e4m3fn),
    "a.weight_scale_2": torch.tensor(0.4),
}
WHOLE = torch.ones(5, 7, dtype=torch.int8)
REFUSED = [
    ({"a.weight": _codes(2, 2)}, None, "has no scale"),
    ({"a.weight": _codes(2, 2)}, FINE, "has no scale"),
    ({"a.weight": WHOLE}, None, "has no scale"),
    ({"a.weight": _bytes(2, 2)}, None, "needs a quantization_config"),
    ({"a.weight": torch.ones(2, 2, dtype=torch.int64)}, None, "has dtype I64"),
    (GRID, {"quant_method": "quark"}, "quant_method 'quark', which is none of"),
    ({"a.weight": torch.ones(2, 2)}, {"quant_method": "higgs"}, "quant_method 'higgs', none of"),
    (GRID, {"quant_method": "fp8", "weight_block_size": [0, 1]}, "two positive integers"),
    (GRID, {"quant_method": "fp8", "weight_block_size": [2, 2]}, r"\[3, 4\] was expected"),
    (GRID, None, r"\[1, 1\] was expected for blocks \[128, 128\]"),
    ({**GRID, "a.weight_scale": _scales(3, 3)}, FINE, "together are not understood"),
    ({**GRID, "a.weight_zero_point": _scales(3, 3)}, FINE, "a.weight_zero_point', which is not"),
    ({**GRID, "a.weight_g_idx": _scales(7)}, FINE, "a.weight_g_idx', which is not"),
    ({**GRID, "a.weight_scale_2": _scales(1)}, FINE, "a.weight_scale_2', which is not"),
    ({**GRID, "a.pre_quant_scale": _scales(7)}, FINE, "pre_quant_scale"),
    ({"a.weight": torch.ones(2, 2), "a.weight_scale": _scales(1)}, None, "holds no codes"),
    ({"a.weight": torch.ones(2, 2), "a.SCB": _scales(2)}, None, r"'a\.SCB', but holds no codes"),
    ({"a.weight": torch.ones(2, 2), "a.absmax": _scales(2)}, None, "absmax"),
    ({**CHANNEL, "a.weight_scale": _scales(5, 1).double()}, None, "of dtype F64"),
    ({**CHANNEL, "a.weight_scale": torch.ones(0)}, None, r"of shape \[0\]"),
    ({"a.weight": WHOLE, "a.weight_scale_inv": _scales(3, 3)}, FINE, "is not F8_E4M3 or"),
    ({**GRID, "a.weight_scale_inv": _bytes(3, 3).to(torch.int32)}, FINE, "of dtype I32"),
    ({"a.qweight": torch.ones(2, 2, dtype=torch.int32)}, {"quant_method": "gptq"}, "by gptq"),
    ({"a.qweight": torch.ones(2, 2, dtype=torch.int32)}, None, "by GPTQ or AWQ"),
    (
        {"a.weight_packed": torch.ones(2, 2, dtype=torch.int32), "a.weight_shape": _scales(2)},
        {"quant_method": "compressed-tensors", "format": "pack-quantized"},
        "has dtype I32, in format 'pack-quantized', which is not read",
    ),
    (
        {"a.weight_packed": _bytes(2, 16), "a.weight_scale": _bytes(2, 1)},
        {"quant_method": "compressed-tensors", "format": "mxfp4-pack-quantized"},
        "only nvfp4-pack-quantized is read",
    ),
    (CHANNEL, {"quant_method": "compressed-tensors", "transform_config": {"u": 1}}, "transform_c"),
    (CHANNEL, _group(num_bits=8, type="float", strategy="tensor"), r"\[1, 1\] was expected"),
    (CHANNEL, _group(num_bits=8, type="int", strategy="channel"), "no group of config_groups"),
    (
        {"a.weight": WHOLE, "a.weight_scale": _scales(5, 1)},
        _group(num_bits=8, type="int", strategy="channel", symmetric=False),
        "zero point",
    ),
    (
        {"a.weight": WHOLE, "a.SCB": _scales(5)},
        {"quant_method": "bitsandbytes", "load_in_4bit": True},
        "to 4 bits",
    ),
    (
        {"a.weight": WHOLE, "a.SCB": _scales(5), "a.weight_format": torch.tensor(2)},
        {"quant_method": "bitsandbytes", "load_in_8bit": True},
        "are permuted",
    ),
    (NVFP4 | {"a.weight_scale": _scales(3, 2)}, {"quant_algo": "NVFP4"}, "F8_E4M3"),
    ({"a.weight": torch.ones(2, 2), "a.weight_scales": _scales(1)}, None, r"weight_scales', but"),
    ({"a.weight": torch.ones(2, 2), "a.weight_quantizer._amax": _scales(1)}, None, "_amax', but"),
    ({"a.weight": _codes(2, 2), "a.weight_scales": _scales(1)}, None, "scales' is not understood"),
    ({**GRID, "a.weight_offset": _scales(1)}, FINE, r"a\.weight_offset', which is not understood"),
    ({**GRID, "a.smooth_scale": _scales(7)}, FINE, r"a\.smooth_scale', which is not understood"),
    (GRID, FINE | {"fmt": "e5m2"}, "fp8 format 'e5m2'"),
    (GRID, FINE | {"scale_fmt": "log2"}, "format 'log2' "),
    ({**GRID, "a.weight_scale_inv": _bytes(3, 3)}, FINE, "of dtype U8"),
    ({"a.weight": torch.ones(5, 7), "a.scale": _scales(3, 3)}, FINE, r"'a\.scale', but holds no"),
    (NVFP4, {"quant_algo": "NVFP4", "group_size": 32}, "in groups of 32, not 16"),
    (
        {"a.weight": _codes(4, 64), "a.weight_scale": _scales(4, 2)},
        {"quant_algo": "MXFP8"},
        "of F32, not E8M0",
    ),
    (CHANNEL, _group(num_bits=8, type="float", strategy="channel", codebook=[1]), "'codebook'"),
    (CHANNEL, _group(num_bits=8, type="float", strategy="channel", symmetric="no"), "zero point"),
    (GRID, FINE | {"ignored_layers": ["a"]}, "in ignored_layers that"),
    (GRID, FINE | {"modules_to_not_convert": ["lm_head", "a"]}, "in modules_to_not_convert that"),
    (GRID, FINE | {"modules_to_not_convert": "a"}, "not a list of names"),
    (CHANNEL, CHANNELS | {"ignore": ["re:.*a$"]}, "in ignore that"),
    (CHANNEL, CHANNELS | {"ignore": ["re:(a+)+$"]}, "in ignore, which is not read"),
    (CHANNEL, CHANNELS | {"ignore": ["re:("]}, "in ignore, which is not read"),
    (CHANNEL, CHANNELS | {"sparsity_config": {"format": "sparse-24-bitmask"}}, "sparsity_config"),
    (CHANNEL, CHANNELS | {"format": "marlin-24"}, "format 'marlin-24', which is not read"),
    (CHANNEL, _groups(tensor=["a"], channel=["re:.*b"]), r"\[1, 1\] was expected"),
    (CHANNEL, _groups(tensor=["c"], channel=["re:.*b"]), "in none of the model's config_groups"),
    (
        {"a.weight_blocks": _bytes(2, 16), "a.weight_scales": _bytes(2, 1)},
        {"quant_method": "compressed-tensors"},
        "packed as MXFP4",
    ),
    (NVFP4 | {"a.weight_scale_2": _scales(2)}, {"quant_algo": "NVFP4"}, "one F32 was expected"),
]


@pytest.mark.parametrize(("tensors", "quantization", "reason"), REFUSED)
def test_what_is_not_understood_is_refused_by_name(tmp_path, tensors, quantization, reason):
    folder = _save(tmp_path / "m", tensors, quantization)
    for source in (folder, folder / "model.safetensors"):
        with pytest.raises(WeightsError, match=reason) as caught:
            load_tensor(source, "a.weight")
        assert "a." in str(caught.value)
        assert "\n" not in str(caught.value)
    with pytest.raises(WeightsError, match=reason):
        clip_checkpoint(folder, tmp_path / "out", ["a.weight"], 1)
    assert not (tmp_path / "out").exists()


def test_four_bit_floats_without_a_scale(tmp_path):
    header = json.dumps({"w": {"dtype": "F4", "shape": [2, 4], "data_offsets": [0, 4]}}).encode()
    file = tmp_path / "f4.safetensors"
    file.write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    with pytest.raises(WeightsError, match=r"'w' .* has dtype F4, which is not read"):
        load_tensor(file, "w")


def test_other_files_hold_no_quantised_weights(tmp_path):
    torch.save({"w": _codes(2, 2), "v": torch.ones(2, 2)}, tmp_path / "x.pt")
    with pytest.raises(WeightsError, match="'w' is float8_e4m3fn, and what scales it"):
        load_tensor(tmp_path / "x.pt", "w")
    assert torch.equal(load_tensor(tmp_path / "x.pt", "v"), torch.ones(2, 2))


@pytest.mark.parametrize("beside", ["w_scale", "w_scale_inv", "w_zero_point"])
@pytest.mark.parametrize("file", ["x.pt", "x.npz"])
def test_other_files_say_nothing_more_about_a_tensor(tmp_path, beside, file):
    tensors = {"w": torch.ones(2, 2), beside: torch.ones(1)}
    if file == "x.pt":
        torch.save(tensors, tmp_path / file)
    else:
        np.savez(tmp_path / file, **{name: tensor.numpy() for name, tensor in tensors.items()})
    with pytest.raises(WeightsError, match=f"comes with '{beside}', which is not understood here"):
        load_tensor(tmp_path / file, "w")


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_nearest_codes_of_four_bits(tmp_path, share):
    """What is written is as near as the format allows: within half a step of the aim."""
    tensors = NVFP4 | {"a.weight_scale": torch.ones(3, 2).to(torch.float8_e4m3fn)}
    folder = _save(
        tmp_path / "m", tensors | {"a.weight_scale_2": torch.tensor(1.0)}, {"quant_algo": "NVFP4"}
    )
    location = open_checkpoint(folder).tensor("a.weight")
    encoding, aim = encoding_of(location), share * load_exact(location)
    written = encoding.decode(encoding.encode(aim, torch.uint8))
    # The largest step is from 4 to 6.
    assert 0 < float((written - aim).abs().max()) <= 1


def test_gguf_says_what_it_is(tmp_path):
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF\x03\0\0\0" + bytes(16))
    for source in (tmp_path, file):
        with pytest.raises(WeightsError, match=r"model\.gguf: is a GGUF file, whose packed blocks"):
            load_tensor(source, "a.weight")
        with pytest.raises(WeightsError, match="is a GGUF file"):
            open_checkpoint(source)


def test_a_packed_tensor_is_asked_for_by_its_plain_name(tmp_path):
    tensors = {"a.weight_packed": _bytes(3, 16)}
    group = _group(num_bits=4, type="float", strategy="tensor_group", group_size=16)
    folder = _save(tmp_path / "m", tensors, group)
    with pytest.raises(WeightsError, match=r"'a\.weight_packed' is packed; its values are 'a\.wei"):
        load_tensor(folder, "a.weight_packed")


def test_a_scale_of_another_meaning_is_no_scale_of_a_weight(tmp_path):
    """A norm's `scale`, scales of activations and of the KV cache say nothing about a weight."""
    names = ("a.scale", "a.input_scale", "a.k_scale", "a.weightless", "ab.weight_scale", "a.bias")
    tensors = {"a.weight": torch.eye(2), **{name: torch.ones(2) for name in names}}
    folder = _save(tmp_path / "m", tensors | {"ab.weight": _codes(2, 2)})
    assert torch.equal(load_tensor(folder, "a.weight"), torch.eye(2))
