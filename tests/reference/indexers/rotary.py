r"""Rotary position embedding as the indexers of the presets apply it, in float64.

Pair i, of which coordinates follows from the configuration, turns by ``t·f_i`` at position t:
``(u, v) ↦ a (u cos t f_i − v sin t f_i, v cos t f_i + u sin t f_i)``; the others pass through.
"""

from __future__ import annotations

import torch

from lipbridge.language.checkpoint.indexer_config import RotaryConfig
from lipbridge.numeric.rotary_frequencies import inverse_frequencies


def rotate(vectors: torch.Tensor, positions: torch.Tensor, config: RotaryConfig) -> torch.Tensor:
    """Turn each vector by its position; an isometry when the amplitude is 1.

    Shape:
        vectors (…, tokens, d) with d ≥ dim, positions (tokens,); returns the shape of vectors.
    """
    half = config.dim // 2
    frequencies = inverse_frequencies(config).to(vectors.device)
    angles = positions.to(torch.float64)[:, None] * frequencies
    cos, sin = angles.cos() * config.amplitude, angles.sin() * config.amplitude
    turned = vectors.clone()
    rotated = vectors[..., config.skip : config.skip + config.dim]
    if config.interleaved:
        first, second = rotated[..., 0::2], rotated[..., 1::2]
    else:
        first, second = rotated[..., :half], rotated[..., half:]
    one, two = first * cos - second * sin, second * cos + first * sin
    both = (
        torch.stack([one, two], -1).flatten(-2) if config.interleaved else torch.cat([one, two], -1)
    )
    turned[..., config.skip : config.skip + config.dim] = both
    return turned
