r"""Frequencies of rotary embeddings, as the public implementations compute them.

Plain frequencies are ``f_i = θ^(−2i/dim)``. YaRN mixes ``f_i`` and ``f_i/factor`` along a linear
ramp in i between the indices that make ``beta_fast`` and ``beta_slow`` turns over the original
context length. Public implementations hold them in float32, and so they are rounded here.

Source: the rotary embeddings of the package ``transformers`` (facts only).
"""

from __future__ import annotations

import math

import torch

from lipbridge.language.checkpoint.indexer_config import RotaryConfig


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
