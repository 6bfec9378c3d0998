"""Randomly initialized checkpoints in the shape of published indexers.

    python examples/make_tiny_checkpoints.py OUT            every preset, tiny
    python examples/make_tiny_checkpoints.py OUT --full msa one full-size layer of MiniMax-M3
                                             [--layers 3]   or several
    python examples/make_tiny_checkpoints.py OUT --full dsa one full-size layer of DeepSeek-V3.2

Each checkpoint is a folder of its own under OUT, with the tensor names and the ``config.json`` of
the real thing (bf16; ``dsa-fp8`` has fp8 matrices with block scales). The same seed gives the same
bytes. Nothing here is trained: the weights are normal with standard deviation 0.02, or 1/√fan-in
where the model has no convention, the norms' gains scatter around 1.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

Tensors = dict[str, torch.Tensor]

# Public sizes of the two models, and tiny ones with the same proportions.
MSA_FULL = {"hidden": 6144, "heads": 4, "dim": 128, "block": 128, "top_k": 16, "layer": 3}
MSA_TINY = {"hidden": 48, "heads": 2, "dim": 16, "block": 8, "top_k": 3, "layer": 3}
DSA_FULL = {"hidden": 7168, "latent": 1536, "heads": 64, "dim": 128, "rope": 64, "top_k": 2048}
DSA_TINY = {"hidden": 40, "latent": 24, "heads": 4, "dim": 16, "rope": 8, "top_k": 8}
FP8_BLOCK = 128


class Source:
    """Random tensors from one seed."""

    def __init__(self, seed: int) -> None:
        self.generator = torch.Generator().manual_seed(seed)

    def matrix(self, rows: int, cols: int, deviation: float = 0.02) -> torch.Tensor:
        """Draw normal entries, bf16."""
        entries = torch.randn(rows, cols, generator=self.generator)
        return (entries * deviation).to(torch.bfloat16)

    def vector(self, size: int, centre: float = 0.0, deviation: float = 0.1) -> torch.Tensor:
        """Draw normal entries around a centre, bf16."""
        entries = torch.randn(size, generator=self.generator)
        return (centre + entries * deviation).to(torch.bfloat16)


def msa(source: Source, size: dict[str, int], layers: int) -> tuple[Tensors, dict[str, Any]]:
    """MiniMax-M3: dense layers first, then ``layers`` sparse ones."""
    tensors: Tensors = {}
    first, dim = size["layer"], size["dim"]
    for layer in range(first, first + layers):
        prefix = f"language_model.model.layers.{layer}.self_attn.index_"
        tensors[f"{prefix}q_proj.weight"] = source.matrix(size["heads"] * dim, size["hidden"])
        tensors[f"{prefix}k_proj.weight"] = source.matrix(dim, size["hidden"])
        # Gemma-style norms store the gain minus 1.
        tensors[f"{prefix}q_norm.weight"] = source.vector(dim)
        tensors[f"{prefix}k_norm.weight"] = source.vector(dim)
    text = {
        "model_type": "minimax_m3_vl_text",
        "hidden_size": size["hidden"],
        "head_dim": dim,
        "num_hidden_layers": first + layers,
        "rms_norm_eps": 1e-6,
        "rope_theta": 5000000,
        "partial_rotary_factor": 0.5,
        "sparse_attention_config": {
            "sparse_num_index_heads": size["heads"],
            "sparse_index_dim": dim,
            "sparse_block_size": size["block"],
            "sparse_topk_blocks": size["top_k"],
            "sparse_local_block": 1,
            "sparse_attention_freq": [0] * first + [1] * layers,
        },
    }
    return tensors, {"model_type": "minimax_m3_vl", "text_config": text}


def dsa(
    source: Source, size: dict[str, int], layers: int, *, fp8: bool = False
) -> tuple[Tensors, dict[str, Any]]:
    """DeepSeek-V3.2, in bf16 or with its matrices in fp8."""
    tensors: Tensors = {}
    for layer in range(layers):
        attention = f"model.layers.{layer}.self_attn."
        prefix = f"{attention}indexer."
        width = size["heads"] * size["dim"]
        matrices = {
            f"{attention}q_a_proj.weight": source.matrix(size["latent"], size["hidden"]),
            f"{prefix}wq_b.weight": source.matrix(width, size["latent"]),
            f"{prefix}wk.weight": source.matrix(size["dim"], size["hidden"]),
        }
        for name, matrix in matrices.items():
            tensors |= _quantized(name, matrix) if fp8 else {name: matrix}
        tensors[f"{prefix}weights_proj.weight"] = source.matrix(size["heads"], size["hidden"])
        tensors[f"{prefix}k_norm.weight"] = source.vector(size["dim"], centre=1.0)
        tensors[f"{prefix}k_norm.bias"] = source.vector(size["dim"])
        tensors[f"{attention}q_a_layernorm.weight"] = source.vector(size["latent"], centre=1.0)
    config: dict[str, Any] = {
        "model_type": "deepseek_v32",
        "hidden_size": size["hidden"],
        "q_lora_rank": size["latent"],
        "qk_rope_head_dim": size["rope"],
        "num_hidden_layers": layers,
        "index_n_heads": size["heads"],
        "index_head_dim": size["dim"],
        "index_topk": size["top_k"],
        "max_position_embeddings": 163840,
        "rope_theta": 10000,
        "rope_scaling": {
            "type": "yarn",
            "factor": 40,
            "mscale": 1.0,
            "mscale_all_dim": 1.0,
            "beta_fast": 32,
            "beta_slow": 1,
            "original_max_position_embeddings": 4096,
        },
    }
    if fp8:
        config["quantization_config"] = {
            "quant_method": "fp8",
            "fmt": "e4m3",
            "weight_block_size": [FP8_BLOCK, FP8_BLOCK],
        }
    return tensors, config


def _quantized(name: str, matrix: torch.Tensor) -> Tensors:
    """fp8 entries and one float32 scale a block, chosen so that the largest entry becomes 448."""
    wide = matrix.to(torch.float32)
    rows, cols = (-(-size // FP8_BLOCK) for size in wide.shape)
    scales = torch.empty(rows, cols)
    stored = torch.empty_like(wide, dtype=torch.float8_e4m3fn)
    for i in range(rows):
        for j in range(cols):
            place = (
                slice(i * FP8_BLOCK, (i + 1) * FP8_BLOCK),
                slice(j * FP8_BLOCK, (j + 1) * FP8_BLOCK),
            )
            scales[i, j] = wide[place].abs().max() / 448
            stored[place] = (wide[place] / scales[i, j]).to(torch.float8_e4m3fn)
    return {name: stored, f"{name}_scale_inv": scales}


def pooled(source: Source) -> tuple[Tensors, dict[str, Any]]:
    """Query and key projections and a context of keys: what MoBA and Quest score with."""
    hidden, dim, tokens, block = 48, 16, 64, 8
    tensors = {
        "q_proj.weight": source.matrix(dim, hidden, 1 / math.sqrt(hidden)),
        "k_proj.weight": source.matrix(dim, hidden, 1 / math.sqrt(hidden)),
        "keys": source.matrix(tokens, dim, 1.0),
    }
    return tensors, {"hidden_size": hidden, "head_dim": dim, "block_size": block, "top_k": 3}


def nsa_mlp(source: Source) -> tuple[Tensors, dict[str, Any]]:
    """NSA's compression MLP over blocks of 8 keys, with a context of keys."""
    dim, tokens, block, width = 16, 64, 8, 32
    tensors = {
        "compress.0.weight": source.matrix(width, block * dim, 1 / math.sqrt(block * dim)),
        "compress.0.bias": source.vector(width),
        "compress.2.weight": source.matrix(dim, width, 1 / math.sqrt(width)),
        "compress.2.bias": source.vector(dim),
        "keys": source.matrix(tokens, dim, 1.0),
    }
    return tensors, {"head_dim": dim, "block_size": block, "top_k": 3}


def mlp(source: Source) -> tuple[Tensors, dict[str, Any]]:
    """A query MLP of two layers, scored against one key a block."""
    hidden, width, dim, blocks = 48, 32, 16, 8
    tensors = {
        "mlp.0.weight": source.matrix(width, hidden, 1 / math.sqrt(hidden)),
        "mlp.0.bias": source.vector(width),
        "mlp.2.weight": source.matrix(dim, width, 1 / math.sqrt(width)),
        "mlp.2.bias": source.vector(dim),
        "block_keys": source.matrix(blocks, dim, 1 / math.sqrt(dim)),
    }
    return tensors, {"hidden_size": hidden, "head_dim": dim, "top_k": 3}


def _write(folder: Path, tensors: Tensors, config: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    entries = sum(tensor.numel() for tensor in tensors.values())
    print(f"{folder}: {len(tensors)} tensors, {entries} entries")


def main(arguments: list[str] | None = None) -> None:
    """Write the checkpoints."""
    parser = argparse.ArgumentParser(description="Write randomly initialized indexer checkpoints.")
    parser.add_argument("out", type=Path, help="the folder to write into")
    parser.add_argument("--full", choices=["msa", "dsa"], help="one full-size layer instead")
    parser.add_argument("--layers", type=int, default=1, help="how many full-size layers")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    out, seed = options.out, options.seed
    if options.full == "msa":
        _write(out / "msa-full", *msa(Source(seed), MSA_FULL, layers=options.layers))
        return
    if options.full == "dsa":
        _write(out / "dsa-full", *dsa(Source(seed), DSA_FULL, layers=options.layers))
        return
    _write(out / "msa", *msa(Source(seed), MSA_TINY, layers=2))
    _write(out / "dsa", *dsa(Source(seed), DSA_TINY, layers=2))
    _write(out / "dsa-fp8", *dsa(Source(seed), DSA_TINY, layers=2, fp8=True))
    _write(out / "moba", *pooled(Source(seed)))
    _write(out / "quest", *pooled(Source(seed + 1)))
    _write(out / "nsa-mlp", *nsa_mlp(Source(seed)))
    _write(out / "mlp", *mlp(Source(seed)))


if __name__ == "__main__":
    main()
