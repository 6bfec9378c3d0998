"""Tiny models with random weights, saved by transformers and recorded while they run.

    python examples/record_tiny_models.py OUT

Writes ``checkpoint`` and ``trace`` into OUT/msa (MiniMax-M3) and OUT/dsa (DeepSeek-V3.2). A prompt
is read, then single tokens, with a cache; the trace holds what a theorem about a step takes. The
models compute in float64, so that the figures are the same on every machine.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
import transformers

from lipbridge.audit.recording.record import Recorder

__all__ = ["main"]

PROMPT, TOKENS = 20, 26

TINY = {
    "vocab_size": 32,
    "intermediate_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "num_experts_per_tok": 1,
    "index_n_heads": 2,
    "index_head_dim": 8,
    "max_position_embeddings": 64,
    "bos_token_id": 0,
    "eos_token_id": 1,
}
MSA = {
    "hidden_size": 16,
    "dense_intermediate_size": 8,
    "shared_intermediate_size": 8,
    "head_dim": 16,
    "num_local_experts": 2,
    "index_block_size": 2,
    "index_topk_blocks": 3,
    "index_local_blocks": 1,
    "rotary_dim": 4,
    "layer_types": ["full_attention", "minimax_m3_sparse"],
    "rope_parameters": {
        "rope_type": "default",
        "rope_theta": 1e4,
        "partial_rotary_factor": 0.25,
    },
}
DSA = {
    "hidden_size": 16,
    "moe_intermediate_size": 8,
    "n_routed_experts": 2,
    "n_shared_experts": 1,
    "n_group": 1,
    "topk_group": 1,
    "first_k_dense_replace": 1,
    "q_lora_rank": 8,
    "kv_lora_rank": 8,
    "qk_rope_head_dim": 4,
    "qk_nope_head_dim": 4,
    "v_head_dim": 4,
    "index_topk": 4,
}


def record(folder: Path, config: transformers.PretrainedConfig) -> None:
    """Make a model with random weights, save it, and record it."""
    generator = torch.Generator().manual_seed(0)
    model = (
        transformers.AutoModel.from_config(config, experts_implementation="eager").double().eval()
    )
    with torch.no_grad():
        for parameter in model.parameters():
            random = torch.randn(parameter.shape, generator=generator, dtype=torch.float32)
            # Weights of bfloat16, as most checkpoints have them.
            parameter.copy_((random * 0.4).to(torch.bfloat16))
    model.save_pretrained(folder / "checkpoint")
    ids = torch.randint(0, 32, (1, TOKENS), generator=generator)
    with torch.no_grad(), Recorder(model, folder / "trace", states=True):
        done = model(input_ids=ids[:, :PROMPT], use_cache=True)
        for t in range(PROMPT, TOKENS):
            past = done.past_key_values
            done = model(input_ids=ids[:, t : t + 1], past_key_values=past, use_cache=True)
    print(f"{folder}: {type(model).__name__}, {TOKENS} tokens recorded")


def main(arguments: list[str] | None = None) -> None:
    """Record both."""
    parser = argparse.ArgumentParser(description="Record tiny models while they run.")
    parser.add_argument("out", type=Path, help="the folder to write into")
    out = parser.parse_args(arguments).out
    record(out / "msa", transformers.MiniMaxM3VLTextConfig(**TINY, **MSA))
    record(out / "dsa", transformers.DeepseekV32Config(**TINY, **DSA))


if __name__ == "__main__":
    main()
