"""A trace of a full-size layer of MiniMax-M3 with random weights, of which a step is proved.

    python benchmarks/msa_step.py OUT [--tokens 8192] [--seed 1]

writes the checkpoint (examples/make_tiny_checkpoints.py) and a trace of its indexer over random
hidden states: a prompt, then one decode step. Then

    lipbridge run --preset msa --checkpoint OUT/msa-full --trace OUT/trace --step 1 --layer 3
        --out OUT/export

proves that step for all heads of the layer. With another seed a head may be refused: the indexer
scores in bf16, and where two blocks at the boundary are closer than its rounding it may select
another one than exact arithmetic does (seed 0, head 1).
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import DynamicCache, MiniMaxM3VLTextConfig
from transformers.models.minimax_m3_vl import modeling_minimax_m3_vl as minimax

from lipbridge.audit.recording.record import Recorder

EXAMPLES = Path(__file__).parents[1] / "examples"


def main() -> None:
    """Make the checkpoint and the trace."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--tokens", type=int, default=8192)
    parser.add_argument("--tiny", action="store_true", help="the tiny checkpoint")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    script = [sys.executable, EXAMPLES / "make_tiny_checkpoints.py", options.out]
    subprocess.run([*script, *([] if options.tiny else ["--full", "msa"])], check=True)
    folder = options.out / ("msa" if options.tiny else "msa-full")
    text = json.loads((folder / "config.json").read_text())["text_config"]
    sparse = text["sparse_attention_config"]
    layer = sparse["sparse_attention_freq"].index(1)
    config = MiniMaxM3VLTextConfig(
        hidden_size=text["hidden_size"],
        head_dim=text["head_dim"],
        num_hidden_layers=layer + 1,
        layer_types=["full_attention"] * layer + ["minimax_m3_sparse"],
        index_n_heads=sparse["sparse_num_index_heads"],
        index_head_dim=sparse["sparse_index_dim"],
        index_block_size=sparse["sparse_block_size"],
        index_topk_blocks=sparse["sparse_topk_blocks"],
        index_local_blocks=sparse["sparse_local_block"],
        max_position_embeddings=options.tokens,
        rope_parameters={
            "rope_type": "default",
            "rope_theta": text["rope_theta"],
            "partial_rotary_factor": text["partial_rotary_factor"],
        },
    )
    prefix = f"language_model.model.layers.{layer}.self_attn.index_"
    tensors = {}
    for file in folder.glob("*.safetensors"):
        tensors |= load_file(file)
    module = minimax.MiniMaxM3VLIndexer(config, layer).to(torch.bfloat16)
    module.load_state_dict(
        {name.removeprefix(prefix): t for name, t in tensors.items() if name.startswith(prefix)}
    )
    rotary = minimax.MiniMaxM3VLRotaryEmbedding(config)
    generator = torch.Generator().manual_seed(options.seed)
    hidden = torch.randn(1, options.tokens, text["hidden_size"], generator=generator)
    # Neighbours are alike, as they are in a text.
    hidden[:, 1:] = (hidden[:, 1:] + hidden[:, :-1]) / math.sqrt(2)
    hidden = hidden.to(torch.bfloat16)
    cache = DynamicCache(config=config)
    with torch.no_grad(), Recorder(module, options.out / "trace", last=1, states=True):
        for start, stop in ((0, options.tokens - 1), (options.tokens - 1, options.tokens)):
            positions = torch.arange(start, stop)[None]
            x = hidden[:, start:stop]
            module(x, rotary(x, positions), cache, positions)


if __name__ == "__main__":
    main()
