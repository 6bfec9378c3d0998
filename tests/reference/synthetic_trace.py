"""Synthetic traces with known answers, from a seed."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor

from lipbridge.audit.trace.records import StreamKey, TraceInfo
from lipbridge.audit.trace.writing import save_trace


def locking_queries(
    generator: torch.Generator, steps: int, heads: int, width: int, rho: float, reach: float
) -> Tensor:
    """Return queries with ‖q_{t+1} − q_t‖ ≤ reach·ρ^t, so that their selection locks in.

    Shape:
        → [steps, heads, width], float64.
    """
    start = torch.randn(1, heads, width, dtype=torch.float64, generator=generator)
    direction = torch.randn(steps - 1, heads, width, dtype=torch.float64, generator=generator)
    # A hair inside, so that rounding in the running sum does not carry a step past its bound.
    length = reach * rho ** torch.arange(steps - 1, dtype=torch.float64) * (1 - 1e-9)
    moves = (
        direction
        / torch.linalg.vector_norm(direction, dim=-1, keepdim=True)
        * length[:, None, None]
    )
    return torch.cat([start, start + moves.cumsum(0)])


def synthetic_trace(
    path: str | Path,
    *,
    seed: int = 0,
    layers: int = 2,
    heads: int = 2,
    steps: int = 200,
    blocks: int = 64,
    width: int = 16,
    top_k: int = 8,
    rho: float = 0.97,
    reach: float = 0.4,
    dtype: torch.dtype = torch.float32,
    with_scores: bool = True,
) -> TraceInfo:
    """Write a trace of dot-product scores whose queries settle, and return its metadata.

    Known answers: L_b = ‖k_b‖, L_ij = ‖k_i − k_j‖, movements at most reach·ρ^t; no contradiction.
        One head in each
    layer moves on without settling (ρ = 1, a tenth of the reach), so that transitions occur all
    along.

    Args:
        path: ``.safetensors`` or ``.npz``.
        seed: of all randomness.
        layers: number of layers.
        heads: number of heads.
        steps: decode steps.
        blocks: B.
        width: n.
        top_k: K.
        rho: ratio of consecutive movements.
        reach: largest movement.
        dtype: of what is stored; scores are computed in float64 and rounded once.
        with_scores: store scores beside the keys.
    """
    generator = torch.Generator().manual_seed(seed)
    streams: dict[StreamKey, dict[str, Tensor]] = {}
    for layer in range(layers):
        keys = torch.randn(
            heads, blocks, width, dtype=torch.float64, generator=generator
        ) / math.sqrt(width)
        settling = locking_queries(generator, steps, heads, width, rho, reach)
        settling[:, -1:] = locking_queries(generator, steps, 1, width, 1.0, reach / 10)
        keys, queries = keys.to(dtype), settling.to(dtype)
        held = {"queries": queries, "keys": keys}
        if with_scores:
            held["scores"] = torch.einsum("thn,hbn->thb", queries.double(), keys.double()).to(dtype)
        streams[StreamKey(layer, 0)] = held
    info = TraceInfo(top_k=top_k, source=f"synthetic, seed {seed}")
    save_trace(path, info, streams)
    return info
