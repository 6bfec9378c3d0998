"""Our values of quantised tensors beside those of the packages that define the formats.

Needs them: ``pip install --no-deps compressed-tensors bitsandbytes loguru``. A random matrix is
quantised by the package, written to a file, read by lipbridge in exact arithmetic, and
dequantised by the package; both must be equal once ours is rounded to the package's dtype.
"""

from __future__ import annotations

import importlib
import json
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from lipbridge.numeric.weights.files import load_tensor

ROWS, COLS = 256, 384
EIGHT = {"num_bits": 8, "type": "float", "symmetric": True}
WHOLE = {"num_bits": 8, "type": "int", "symmetric": True}
FOUR = {"num_bits": 4, "type": "float", "symmetric": True}


def ours(tensors: Mapping[str, torch.Tensor], quantization: Mapping[str, Any]) -> torch.Tensor:
    """What lipbridge reads from a checkpoint of one module ``a``, in float64."""
    with tempfile.TemporaryDirectory() as folder:
        named = {f"a.{name}": tensor.contiguous() for name, tensor in tensors.items()}
        save_file(named, Path(folder) / "model.safetensors")
        config = {"quantization_config": dict(quantization)}
        (Path(folder) / "config.json").write_text(json.dumps(config))
        return load_tensor(folder, "a.weight").clone()


def show(name: str, found: torch.Tensor, published: torch.Tensor) -> None:
    """One line of the table."""
    equal = torch.equal(found.to(published.dtype), published)
    print(f"{name:44} {published.dtype!s:16} {'equal' if equal else 'DIFFERENT'}")


def compressed(
    weight: torch.Tensor, name: str, arguments: Mapping[str, Any], scale: torch.Tensor, **more: Any
) -> None:
    """One format of compressed-tensors."""
    registry = importlib.import_module("compressed_tensors.compressors").BaseCompressor
    kinds = importlib.import_module("compressed_tensors.quantization")
    weights = kinds.QuantizationArgs(**arguments)
    scheme = kinds.QuantizationScheme(targets=["Linear"], weights=weights)
    compressor = registry.get_value_from_registry(name)
    packed = compressor.compress({"weight": weight.clone(), "weight_scale": scale, **more}, scheme)
    published = compressor.decompress(dict(packed), scheme)["weight"]
    group = {"targets": ["Linear"], "weights": json.loads(weights.model_dump_json())}
    stated = {"quant_method": "compressed-tensors", "format": name, "config_groups": {"0": group}}
    show(f"{name}, {weights.strategy}", ours(packed, stated), published)


def main() -> None:
    """Print one line a format."""
    torch.manual_seed(0)
    weight = torch.randn(ROWS, COLS) * torch.logspace(-2, 2, ROWS)[:, None]
    size = weight.abs()

    def groups(width: int) -> torch.Tensor:
        return size.reshape(ROWS, COLS // width, width).amax(2)

    print("compressed-tensors", version("compressed-tensors"))
    for name, kind, top in (("float-quantized", EIGHT, 448), ("int-quantized", WHOLE, 127.5)):
        compressed(weight, name, {**kind, "strategy": "tensor"}, (size.max() / top).reshape(1))
        channels = size.amax(1, keepdim=True) / top
        compressed(weight, name, {**kind, "strategy": "channel"}, channels)
        sized = {**kind, "strategy": "group", "group_size": 128}
        compressed(weight, name, sized, groups(128) / top)
    blocks = size.reshape(2, 128, 3, 128).amax((1, 3)) / 448
    sized = {**EIGHT, "strategy": "block", "block_structure": [128, 128]}
    compressed(weight, "float-quantized", sized, blocks)
    sized = {**EIGHT, "strategy": "group", "group_size": 32, "scale_dtype": torch.uint8}
    powers = 2.0 ** torch.floor(torch.log2(groups(32))) / 256
    compressed(weight, "mxfp8-quantized", sized, powers)
    overall = (448 * 6 / size.max()).reshape(1)
    sized = {**FOUR, "strategy": "tensor_group", "group_size": 16}
    scales = (overall * groups(16) / 6).to(torch.float8_e4m3fn).float()
    compressed(weight, "nvfp4-pack-quantized", sized, scales, weight_global_scale=overall)

    print("bitsandbytes", version("bitsandbytes"))
    functional = importlib.import_module("bitsandbytes.functional")
    rows = size.amax(1)
    codes = (weight * 127 / rows[:, None]).round().to(torch.int8)
    found = ours(
        {"weight": codes, "SCB": rows}, {"quant_method": "bitsandbytes", "load_in_8bit": True}
    )
    show("LLM.int8, SCB", found, functional.int8_vectorwise_dequant(codes, rows))


if __name__ == "__main__":
    main()
