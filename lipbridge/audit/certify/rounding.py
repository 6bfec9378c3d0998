"""Directed rounding in float64, and the evaluation error of computed scores.

``*_down`` never exceeds the exact value, ``*_up`` never falls below it. torch rounds every float64
operation to nearest, so the exact value lies within one step of the computed one.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from lipbridge.errors import InputError

LARGEST = torch.finfo(torch.float64).max
"""Below what overflows to +∞."""
_TINY_NORM = 1e-140


def step_down(x: Tensor) -> Tensor:
    """Return the next float64 below; ±inf stay."""
    return torch.where(x == math.inf, x, _below(x))


def step_up(x: Tensor) -> Tensor:
    """Return the next float64 above; ±inf stay."""
    return torch.where(x == -math.inf, x, torch.nextafter(x, x.new_full((), math.inf)))


def sub_down(a: Tensor, b: Tensor) -> Tensor:
    """Return a − b rounded down, exact where a − b is a float64 (both float64, no overflow).

    Source: the error of a rounded sum is a float64 and six operations find it (Knuth's two-sum).
    """
    difference = a - b
    back = difference - a
    lost = (a - (difference - back)) - (b + back)
    # Where the difference is infinite, lost is NaN, and the difference stays.
    return torch.where(lost < 0, _below(difference), difference)


def _below(x: Tensor) -> Tensor:
    """Return the next float64 below; the largest one for +inf."""
    # Filled where x is: a number made on the host would be waited for.
    return torch.nextafter(x, x.new_full((), -math.inf))


def div_down(a: Tensor, b: Tensor) -> Tensor:
    """Return a number strictly below a/b for a > 0, b ≥ 0 (+inf where b = 0), and 0 for a ≤ 0."""
    quotient = torch.where(b == 0, math.inf, _below((a / b).clamp(max=LARGEST)))
    return quotient.clamp(min=0).masked_fill(~(a > 0), 0.0)


def norm_up(x: Tensor) -> Tensor:
    """Return an upper bound on the Euclidean norm of the last axis, as float64.

    ``x`` holds numbers, or differences rounded to float64: relative error 2⁻⁵³ each. With n
    entries the computed norm has relative error below (n + 4)·2⁻⁵³ unless squares underflow, or
    overflow. Then √n·max|x| is taken; on an accelerator, √n·2⁻⁵⁰⁰ is added instead, more than n
    squares can lose (n·2⁻¹⁰²² under the root), and what overflows is +∞.

    Shape:
        [..., n] → [...]
    """
    width = x.shape[-1]
    norm = torch.linalg.vector_norm(x.double(), dim=-1)
    slack = 1 + (width + 8) * 2.0**-52
    bound = norm * slack
    if x.is_cuda:  # to look at the norms would mean to wait for them
        return bound + math.sqrt(width) * 2.0**-500
    beyond = (norm < _TINY_NORM) | (norm == math.inf)
    if bool(beyond.any()):
        largest = x.double().abs().amax(-1)
        bound = torch.where(beyond, largest * (math.sqrt(width) * slack), bound)
    return bound


def unit_roundoff(dtype: torch.dtype) -> float:
    """Return the unit roundoff 2⁻ᵖ of round-to-nearest in a dtype."""
    return torch.finfo(dtype).eps / 2


def lost_below(roundings: int, output: torch.dtype) -> float:
    """Return what a dot product of so many terms loses at most where numbers underflow.

    Each term the smallest normal number of float32, and the score the least number of its dtype.
    """
    least = torch.finfo(output)
    return roundings * 2.0**-126 + least.smallest_normal * least.eps


def relative_error(roundings: int, output: torch.dtype, unit: float | None = None) -> float:
    """Return a with |computed s − s| ≤ a·L·‖q‖ for a score that is one dot product, rounded up.

    Any order of summation: a = (1+γ_m)(1+u_out) − 1, γ_m = m·u/(1 − m·u). Sums of half-precision
        inputs are kept in
    float32. For float32 and float64, u is doubled, so that hardware that cuts digits off instead
    of rounding (tensor-core accumulation) is covered; TF32 inputs are not.

    Args:
        roundings: m, the number of terms (n for n-dimensional keys), plus later operations.
        output: dtype the scores are stored in.
        unit: relative error of one rounding, instead of the derived one; 0 means exact scores.

    Source: docs/theorems.md §3 (computed scores); Higham, Accuracy and Stability, section 3.1.
    """
    stored = 0.0 if output in (torch.float32, torch.float64) else unit_roundoff(output)
    if unit is None:
        unit = 2 * unit_roundoff(torch.float64 if output == torch.float64 else torch.float32)
    elif unit == 0:
        return 0.0
    total = roundings * unit
    if total >= 0.5:
        return math.inf
    return ((1 + total / (1 - total)) * (1 + stored) - 1) * (1 + 2.0**-40) + 2.0**-52


def require_error(error: float | None) -> None:
    """Refuse an evaluation error that bounds nothing.

    Raises:
        InputError: it is NaN, infinite or negative.
    """
    if error is not None and not 0 <= error < math.inf:
        raise InputError(f"evaluation error {error}; give a finite number ≥ 0")
