"""The two normalizations that indexers use, in the convention of the public implementations."""

from __future__ import annotations

import torch


def rms_norm(u: torch.Tensor, gain: torch.Tensor, eps: float) -> torch.Tensor:
    r"""Root-mean-square normalization, eps inside the root.

    .. math:: g \odot u / \sqrt{\tfrac1d \textstyle\sum_i u_i^2 + \varepsilon}

    Args:
        u: vectors in the last axis.
        gain: g itself; a Gemma-style norm stores γ with g = 1 + γ, which the caller adds.
        eps: ε.

    Shape:
        u (…, d), gain (d,); returns (…, d).
    """
    return gain * u * torch.rsqrt(u.square().mean(-1, keepdim=True) + eps)


def layer_norm(u: torch.Tensor, gain: torch.Tensor, bias: torch.Tensor, eps: float) -> torch.Tensor:
    r"""Centre, then normalize by the root mean square: ``rms_norm(u − mean(u)) + bias``.

    The (biased) variance of u is the mean square of the centred vector, so this is the usual
    layer normalization.

    Shape:
        u (…, d), gain and bias (d,); returns (…, d).
    """
    return rms_norm(u - u.mean(-1, keepdim=True), gain, eps) + bias
