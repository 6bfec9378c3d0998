"""A trace of a full-size layer of DeepSeek-V3.2 with random weights, of which a step is proved.

    python benchmarks/dsa_step.py OUT [--tokens 8192] [--seed 0]

writes the checkpoint (examples/make_tiny_checkpoints.py) and a trace of its indexer over random
hidden states, a prompt in pieces, then one decode step, and prints the command that proves that
step. The indexer runs in float32: in bf16 the two tokens at the boundary, of thousands, are nearly
always closer than its rounding, and a step is refused where rounding decided.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import DeepseekV32Config, DynamicCache
from transformers.models.deepseek_v32 import modeling_deepseek_v32 as deepseek

from lipbridge.audit.recording.record import Recorder

__all__ = ["main"]

EXAMPLES = Path(__file__).parents[1] / "examples"
LAYER = "model.layers.0.self_attn."
PIECE = 128


class Attention(nn.Module):
    """What of the attention makes the indexer's queries."""

    def __init__(self, config: DeepseekV32Config) -> None:
        super().__init__()
        self.q_a_proj = nn.Linear(config.hidden_size, config.q_lora_rank, bias=False)
        self.q_a_layernorm = deepseek.DeepseekV32RMSNorm(config.q_lora_rank)
        self.indexer = deepseek.DeepseekV32Indexer(config, 0)

    def forward(self, x: Tensor, angles: tuple[Tensor, Tensor], at: Tensor, cache: object) -> None:
        """Select for every state of a piece."""
        seen = torch.arange(int(at[0, -1]) + 1) <= at[..., None]
        self.indexer(x, self.q_a_layernorm(self.q_a_proj(x)), angles, seen, at, cache=cache)


def main() -> None:
    """Make the checkpoint and the trace."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--tokens", type=int, default=8192)
    parser.add_argument("--tiny", action="store_true", help="the tiny checkpoint")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    script = [sys.executable, EXAMPLES / "make_tiny_checkpoints.py", options.out]
    subprocess.run([*script, *([] if options.tiny else ["--full", "dsa"])], check=True)
    folder = options.out / ("dsa" if options.tiny else "dsa-full")
    sizes = json.loads((folder / "config.json").read_text())
    names = ("hidden_size", "q_lora_rank", "qk_rope_head_dim", "index_n_heads", "index_head_dim")
    config = DeepseekV32Config(
        **{name: sizes[name] for name in (*names, "index_topk")},
        num_hidden_layers=1,
        max_position_embeddings=options.tokens,
    )
    tensors = {}
    for file in folder.glob("*.safetensors"):
        tensors |= load_file(file)
    module = Attention(config)
    module.load_state_dict(
        {n.removeprefix(LAYER): t.float() for n, t in tensors.items() if n.startswith(LAYER)}
    )
    rotary = deepseek.DeepseekV32RotaryEmbedding(config)
    generator = torch.Generator().manual_seed(options.seed)
    cache = DynamicCache(config=config)
    pieces = [*range(0, options.tokens - 1, PIECE), options.tokens - 1]
    with torch.no_grad(), Recorder(module, options.out / "trace", last=1, states=True):
        for start, stop in zip(pieces, [*pieces[1:], options.tokens], strict=True):
            x = torch.randn(1, stop - start, config.hidden_size, generator=generator)
            at = torch.arange(start, stop)[None]
            module(x.to(torch.bfloat16).float(), rotary(x, at), at, cache)
    print(
        f"lipbridge run --preset dsa --checkpoint {folder} --trace {options.out / 'trace'} "
        f"--step {len(pieces) - 1} --layer 0 --out {options.out / 'export'}"
    )


if __name__ == "__main__":
    main()
