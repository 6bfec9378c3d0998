r"""Rotary position embedding as MiniMax-M3 and DeepSeek-V3.2 apply it to their index heads.

The first ``dim`` coordinates are paired as (i, i + dim/2) and pair i turns by the angle
``t·f_i`` at position t; the other coordinates pass through:

.. math:: (u_i, u_{i+m}) \mapsto a\,(u_i \cos t f_i - u_{i+m} \sin t f_i,\;
    u_{i+m} \cos t f_i + u_i \sin t f_i), \qquad m = dim/2.

Plain frequencies are ``f_i = θ^(−2i/dim)``. YaRN mixes ``f_i`` and ``f_i/factor`` along a linear
ramp in i between the indices that make ``beta_fast`` and ``beta_slow`` turns over the original
context length. The public implementations hold the frequencies in float32, and so they are rounded
to float32 here; angles, sines and cosines are float64. With amplitude a = 1 (both models) the map
is an isometry, whatever the frequencies are: no bound depends on them.
"""

from __future__ import annotations

import math

import torch

from lipbridge.language.indexer_config import RotaryConfig

__all__ = ["inverse_frequencies", "rotate"]


def inverse_frequencies(config: RotaryConfig) -> torch.Tensor:
    """Angles a position turns each pair by: float32-rounded values, returned as float64.

    Shape:
        returns (dim/2,).
    """
    dim = config.dim
    wavelengths = config.theta ** (torch.arange(0, dim, 2, dtype=torch.float32) / dim)
    plain = 1.0 / wavelengths
    if config.kind == "default":
        return plain.to(torch.float64)
    low, high = (_index_of_turns(config, turns) for turns in (config.beta_fast, config.beta_slow))
    if config.truncate:
        low, high = math.floor(low), math.ceil(high)
    low, high = max(low, 0), min(high, dim - 1)
    width = (high - low) or 0.001
    ramp = ((torch.arange(dim // 2, dtype=torch.float32) - low) / width).clamp(0, 1)
    keep = 1 - ramp
    mixed = (1.0 / (config.factor * wavelengths)) * (1 - keep) + plain * keep
    return mixed.to(torch.float64)


def _index_of_turns(config: RotaryConfig, turns: float) -> float:
    """The (real) pair index whose frequency makes that many turns over the original context."""
    ratio = config.original_length / (turns * 2 * math.pi)
    return config.dim * math.log(ratio) / (2 * math.log(config.theta))


def rotate(vectors: torch.Tensor, positions: torch.Tensor, config: RotaryConfig) -> torch.Tensor:
    """Turn each vector by its position; an isometry when the amplitude is 1.

    Args:
        vectors: float64.
        positions: the token positions.
        config: which coordinates turn, and how fast.

    Shape:
        vectors (…, tokens, d) with d ≥ dim, positions (tokens,); returns the shape of vectors.
    """
    half = config.dim // 2
    frequencies = inverse_frequencies(config).to(vectors.device)
    angles = positions.to(torch.float64)[:, None] * frequencies
    cos, sin = angles.cos() * config.amplitude, angles.sin() * config.amplitude
    first, second = vectors[..., :half], vectors[..., half : config.dim]
    turned = (first * cos - second * sin, second * cos + first * sin)
    return torch.cat([*turned, vectors[..., config.dim :]], dim=-1)
