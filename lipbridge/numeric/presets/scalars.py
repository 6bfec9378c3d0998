"""Exact and outward-rounded scalars that several presets need."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import torch

from lipbridge.numeric.records import SpectralBound
from lipbridge.numeric.rounding import UNIT, float_down, float_up, root_down, root_up, sum_up
from lipbridge.numeric.spectral.bounds import spectral_bounds


def root_float_up(square: Fraction) -> float:
    """An upper bound of ``√square``, float64."""
    return float_up(root_up(square))


def root_float_down(square: Fraction) -> float:
    """A lower bound of ``√square``, float64."""
    return float_down(root_down(square))


def largest(gain: torch.Tensor, shift: int = 0) -> Fraction:
    """``max_i |shift + gain_i|``, exactly."""
    return max(abs(shift + Fraction(value)) for value in gain.tolist())


def norm_up(vector: torch.Tensor) -> Fraction:
    """Upper bound of ``‖v‖`` for a float64 vector."""
    return root_up(sum_up(vector.square().sum().item(), vector.numel()))


def rms_norm_square(gain: Fraction, size: int, eps: float, floor: Fraction) -> Fraction:
    r"""Squared constant of RMSNorm (or LayerNorm, on centred vectors) where ``‖u‖ ≥ floor``.

    .. math:: K^2 = \max|g|^2 \, d / (r^2 + dε)

    Valid for every pair in ``{‖u‖ ≥ r}``, convex or not: with ``a = (u, √(dε))``,
    ``‖a/‖a‖ − b/‖b‖‖ ≤ ‖a − b‖ / min(‖a‖, ‖b‖)``.

    Args:
        gain: max|g|.
        size: d.
        eps: ε.
        floor: r ≥ 0; 0 gives the global constant max|g|²/ε.

    Source: docs/theorems.md §2.
    """
    return gain**2 * size / (floor**2 + size * Fraction(eps))


def scaled_rows_bounds(
    matrices: list[torch.Tensor],
    factors: list[torch.Tensor],
    names: list[str],
    device: str | torch.device,
) -> list[SpectralBound]:
    """Rigorous bounds of ``‖diag(f)·W‖₂``, the products' rounding included.

    Each entry of the float64 product is off by a relative ``8u`` at most (f itself may come from
    up to six roundings), hence the norm by ``8u‖·‖_F ≤ 8u√k‖·‖₂``, k the smaller dimension, and by
    the bottom of the float64 range.
    """
    products = [w * f[:, None] for w, f in zip(matrices, factors, strict=True)]
    bounds = spectral_bounds(products, device=device, names=names)
    return [_widened(bound) for bound in bounds]


def _widened(bound: SpectralBound) -> SpectralBound:
    off = 8 * UNIT * min(bound.rows, bound.cols)
    tiny = Fraction(bound.rows * bound.cols, 1 << 1021)
    lower = max(Fraction(0), Fraction(bound.lower) * (1 - off) - tiny)
    upper = Fraction(bound.upper) * (1 + off) + tiny
    return dataclasses.replace(bound, lower=float_down(lower), upper=float_up(upper))
