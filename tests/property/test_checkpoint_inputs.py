"""Whatever a checkpoint states, it is read or refused in one line: no other exception."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings, strategies as st
from safetensors.torch import save_file

from lipbridge.errors import LipBridgeError
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.presets.registry import find_indexers
from lipbridge.numeric.weights.files import load_tensor

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 40),
    st.floats(allow_nan=False),
    st.sampled_from(["fp8", "tensor", "channel", "block", "group", "float", "int", "", "é"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["weights", "group_0", "num_bits", "type"]), inner),
    ),
    max_leaves=6,
)
WEIGHTS = st.fixed_dictionaries(
    {},
    optional={
        "num_bits": st.sampled_from([4, 8, "8", None]),
        "type": st.sampled_from(["float", "int", 3]),
        "strategy": st.sampled_from(["tensor", "channel", "block", "group", "token", 1]),
        "block_structure": VALUES,
        "group_size": st.sampled_from([16, 32, 0, -1, None, "32"]),
        "symmetric": st.booleans(),
    },
)
QUANTIZATION = st.fixed_dictionaries(
    {},
    optional={
        "quant_method": st.one_of(
            st.sampled_from(
                ["fp8", "mxfp8", "compressed-tensors", "modelopt", "bitsandbytes", "gptq", "new"]
            ),
            VALUES,
        ),
        "quant_algo": st.sampled_from(["FP8", "NVFP4", "MXFP8", "FP8_PB_WO", "x", 3, None]),
        "weight_block_size": st.one_of(st.just([2, 3]), st.just([1, 32]), VALUES),
        "config_groups": st.one_of(
            st.dictionaries(st.just("g"), st.fixed_dictionaries({"weights": WEIGHTS})), VALUES
        ),
        "format": VALUES,
        "load_in_8bit": VALUES,
        "transform_config": VALUES,
    },
)
DTYPES = [
    torch.float8_e4m3fn,
    torch.float8_e5m2fnuz,
    torch.int8,
    torch.uint8,
    torch.bfloat16,
    torch.float8_e8m0fnu,
    torch.int32,
]
SHAPES = st.sampled_from([(), (1,), (1, 1), (4, 1), (4,), (2, 11), (4, 1, 1), (4, 2), (1, 32)])
NAMES = ["a.weight_scale", "a.weight_scale_inv", "a.weight_scale_2", "a.weight_global_scale"]
NAMES += ["a.scale", "a.SCB", "a.weight_format", "a.weight_zero_point", "a.pre_quant_scale"]
TENSORS = st.dictionaries(
    st.sampled_from(NAMES),
    st.tuples(st.sampled_from([torch.float32, torch.bfloat16, *DTYPES]), SHAPES),
    max_size=3,
)


def _filled(dtype: torch.dtype, shape: tuple[int, ...]) -> torch.Tensor:
    """Bytes of every value, those included that stand for NaN."""
    size = math.prod(shape) * dtype.itemsize
    data = (torch.arange(size) * 37 % 256).to(torch.uint8)
    return data.view(dtype).reshape(shape) if shape else data.view(dtype)[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("checkpoint")


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["a.weight", "a.weight_packed", "a.qweight"]),
    st.sampled_from(DTYPES),
    st.sampled_from([(4, 32), (4, 16), (4, 33), (4,), (0, 4)]),
    TENSORS,
    st.one_of(QUANTIZATION, VALUES),
)
def test_quantised_tensors_are_read_or_refused(
    folder: Path,
    name: str,
    dtype: torch.dtype,
    shape: tuple[int, ...],
    beside: dict[str, tuple[torch.dtype, tuple[int, ...]]],
    quantization: Any,
) -> None:
    tensors = {n: _filled(*kind).clone() for n, kind in beside.items()}
    tensors[name] = _filled(dtype, shape).clone()
    save_file(tensors, folder / "model.safetensors")
    config = json.dumps({"quantization_config": quantization})
    (folder / "config.json").write_text(config)
    found = []
    for source in (folder, folder / "model.safetensors"):
        try:
            found.append(load_tensor(source, "a.weight"))
        except LipBridgeError as error:
            assert "\n" not in str(error)
    # The same from the file as from the folder.
    assert len(found) in (0, 2)
    if found:
        assert torch.equal(*found) or not found[0].isfinite().all()


KEYS = """
    text_config hidden_size head_dim index_n_heads index_head_dim rms_norm_eps index_block_size
    index_topk_blocks index_local_blocks sparse_attention_config rotary_dim rope_parameters
    rope_scaling rope_theta partial_rotary_factor use_gemma_norm layer_types num_hidden_layers
    qk_rope_head_dim q_lora_rank index_topk indexer_types attention_bias
"""
CONFIG = st.dictionaries(
    st.sampled_from(KEYS.split()), st.one_of(VALUES, st.sampled_from([4, 8, 6, 2, 1e4]))
)
MODELS = ["minimax_m3_vl_text", "deepseek_v32", "glm_moe_dsa", "hy_v4", "axk2", "other", 3, None]


@settings(max_examples=200, deadline=None)
@given(CONFIG, st.sampled_from(MODELS), st.booleans())
def test_configurations_are_read_or_refused(
    folder: Path, config: dict[str, Any], model: object, nested: bool
) -> None:
    base = "model.layers.0.self_attn."
    shapes = {
        "index_q_proj": (8, 6),
        "index_k_proj": (4, 6),
        "indexer.wq_b": (8, 6),
        "indexer.wk": (4, 6),
        "indexer.weights_proj": (2, 6),
    }
    tensors = {f"{base}{name}.weight": torch.ones(shape) for name, shape in shapes.items()}
    for name in ("index_q_norm.weight", "index_k_norm.weight", "indexer.k_norm.weight"):
        tensors[base + name] = torch.ones(4)
    tensors[base + "indexer.k_norm.bias"] = torch.ones(4)
    save_file(tensors, folder / "model.safetensors")
    whole = {"model_type": model, **config}
    (folder / "config.json").write_text(json.dumps({"text_config": whole} if nested else whole))
    try:
        assert find_indexers(open_checkpoint(folder)).layers
    except LipBridgeError as error:
        assert "\n" not in str(error)
