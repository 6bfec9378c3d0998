r"""Spectral clipping: matrices made to have a certified norm ≤ σ, changing little else.

Two ways to bring ``‖W‖₂`` down to τ: *clip* replaces every singular value s by min(s, τ), which is
the nearest matrix of norm ≤ τ in the Frobenius and the spectral norm; *scale* multiplies W by
τ/‖W‖₂ and keeps its directions. The result is then rounded to the dtype that W is stored in, which
may push the norm up again; so the *rounded* matrix is bounded rigorously, and τ is lowered until
that bound is ≤ σ. What is certified is what is stored.

Source: Sedghi, Gupta, Long, *The Singular Values of Convolutional Layers* (2019), for clipping as
projection; Mirsky's theorem for its being nearest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import torch

from lipbridge.errors import InputError, WeightsError
from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.spectral.bounds import spectral_bound
from lipbridge.numeric.weights.dequantize import Encoding

METHODS = ("clip", "scale")
_ATTEMPTS = 60
# How far below the bound that just failed the next aim lies; grows so that the search ends.
_FIRST_MARGIN = 2.0**-40


@dataclass(frozen=True)
class ClipRow:
    """What happened to one matrix.

    Args:
        label: its name, with the rows if only some were clipped.
        before: bound of the original's norm.
        after: bound of the stored result's norm; ``after.upper ≤ σ``.
        change: ``‖W' − W‖₂``, estimated in float64.
        relative_change: ``‖W' − W‖_F / ‖W‖_F``, estimated in float64.
        changed: False if it already was within σ, and is byte for byte the original.
    """

    label: str
    before: SpectralBound
    after: SpectralBound
    change: float = 0.0
    relative_change: float = 0.0
    changed: bool = False


def clip_matrix(
    stored: torch.Tensor,
    sigma: float | Fraction,
    *,
    method: str = "clip",
    encoding: Encoding = Encoding(),  # noqa: B008 (immutable)
    label: str = "",
    device: str | torch.device = "auto",
) -> tuple[torch.Tensor, ClipRow]:
    """Bring a stored matrix to a certified norm ≤ σ, in the dtype that it is stored in.

    Args:
        stored: the matrix as stored: f64, f32, bf16, f16, or codes of ``encoding``.
        sigma: σ > 0, in units of the (dequantized) weights.
        method: ``clip`` or ``scale``.
        encoding: what the stored codes of a quantised matrix stand for; its scales are kept.
        label: its name.
        device: where the bounds are computed.

    Shape:
        (rows, cols); half the columns where a byte holds two codes. Returned alike.

    Raises:
        InputError: σ is not positive and finite, or an unknown method.
        WeightsError: not a matrix, not finite, a norm beyond float64, or a dtype so coarse that no
            attempt succeeded.
    """
    target = clip_target(sigma, method)
    original = encoding.decode(stored)
    before = spectral_bound(original, device=device, name=label)
    if math.isinf(before.upper):
        raise WeightsError(f"tensor {label!r}: its norm is beyond float64; scale its entries down")
    if Fraction(before.upper) <= target:
        return stored, ClipRow(label, before, before)
    factors = torch.linalg.svd(original, full_matrices=False) if method == "clip" else None
    aim, margin = float(target), _FIRST_MARGIN
    for _ in range(_ATTEMPTS):
        shrunk = (
            original * (aim / before.upper) if factors is None else _cut(original, factors, aim)
        )
        result = encoding.encode(shrunk, stored.dtype)
        decoded = encoding.decode(result)
        after = spectral_bound(decoded, device=device, name=label)
        if Fraction(after.upper) <= target:
            difference = decoded - original
            change = spectral_bound(difference, device=device).upper
            share = float(difference.norm() / original.norm())
            return result, ClipRow(label, before, after, change, share, changed=True)
        aim *= min(1.0, float(target) / after.upper) * (1 - margin)
        margin = min(2 * margin, 0.5)
    raise WeightsError(
        f"tensor {label!r}: no matrix of norm ≤ {float(target):g} was found in {stored.dtype}; "
        "is σ below what the dtype can hold?"
    )


def _cut(matrix: torch.Tensor, factors: Sequence[torch.Tensor], aim: float) -> torch.Tensor:
    """The nearest matrix of norm ``aim``; untouched directions keep their bits."""
    u, s, vh = factors
    excess = (s - aim).clamp_min(0.0)
    kept = excess > 0
    return matrix - (u[:, kept] * excess[kept]) @ vh[kept]


def clip_target(sigma: float | Fraction, method: str) -> Fraction:
    """σ exactly, if it is a norm to clip to, and the method one of those there are.

    Raises:
        InputError: σ is not positive and finite, or an unknown method.
    """
    if method not in METHODS:
        raise InputError(f"clipping method {method!r} is not one of {', '.join(METHODS)}")
    try:
        target = Fraction(sigma)
    except (ValueError, OverflowError) as error:
        raise InputError(f"σ must be positive and finite, not {sigma}") from error
    if target <= 0:
        raise InputError(f"σ must be positive and finite, not {sigma}")
    return target
