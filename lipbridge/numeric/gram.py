"""Gram products in float64, half the work by symmetry, with their error bound."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import torch

from lipbridge.numeric.rounding import OMEGA, gamma

__all__ = ["BLOCK", "Gram", "column_blocks", "gram"]

# Below two blocks the saving does not pay for the smaller products.
BLOCK = {"cpu": 128, "cuda": 1024}


@dataclass(frozen=True, slots=True)
class Gram:
    r"""Float64 Gram matrices of a batch and bounds of what they are off by.

    Args:
        matrices: symmetric, shape (batch, k, k).
        traces: upper bounds of ``‖V‖_F²``, one a matrix, exact rationals.
        errors: upper bounds of ``‖VᵀV − G‖₂``, one a matrix, exact rationals.
    """

    matrices: torch.Tensor
    traces: tuple[Fraction, ...]
    errors: tuple[Fraction, ...]


def gram(values: torch.Tensor) -> Gram:
    r"""Form ``G ≈ VᵀV`` and bound the rounding errors.

    Entry by entry, for any order of summation and with or without fused multiply-add,
    ``|G_ij − (VᵀV)_ij| ≤ γ_M Σ_r |v_ri||v_rj| + M·OMEGA ≤ γ_M ‖v_i‖‖v_j‖ + M·OMEGA``, so
    ``‖G − VᵀV‖₂ ≤ γ_M ‖V‖_F² + k·M·OMEGA`` (a matrix bounded entrywise by ``aaᵀ`` has norm at
    most ``‖a‖²``). On the diagonal nothing cancels, and therefore
    ``‖V‖_F² ≤ (Σ G_ii + k·M·OMEGA)/((1−γ_M)(1−γ_k))``.

    Args:
        values: V, float64, entries below 1 in absolute value.

    Shape:
        (batch, M, k) with k ≤ M to (batch, k, k).

    Source: Higham 2002, section 3.5; S. M. Rump, *Verification of positive definiteness*,
    BIT 46 (2006), for its use here. Assumes products computed as ordinary sums: no Strassen-like
    scheme and no emulated float64 (``devices`` refuses the latter).
    """
    _, long, short = values.shape
    matrices = _product(values)
    traces: list[Fraction] = []
    errors: list[Fraction] = []
    for trace in matrices.diagonal(dim1=1, dim2=2).sum(1).tolist():
        underflow = short * long * OMEGA
        bound = (Fraction(trace) + underflow) / ((1 - gamma(long)) * (1 - gamma(short)))
        traces.append(bound)
        errors.append(gamma(long) * bound + underflow)
    return Gram(matrices, tuple(traces), tuple(errors))


def column_blocks(size: int, device: torch.device) -> list[tuple[int, int]]:
    """Cut 0…size into equal blocks, or one where cutting does not pay."""
    block = BLOCK["cuda" if device.type == "cuda" else "cpu"]
    if size < 3 * block:
        return [(0, size)]
    return [(start, min(start + block, size)) for start in range(0, size, block)]


def _product(values: torch.Tensor) -> torch.Tensor:
    batch, _, short = values.shape
    blocks = column_blocks(short, values.device)
    if batch > 1 or len(blocks) == 1:
        full = values.mT @ values
        # Two halves of a library product may round differently: one half is the definition.
        return torch.tril(full) + torch.tril(full, -1).mT if batch > 1 else _mirror(full)
    result = torch.empty(1, short, short, dtype=values.dtype, device=values.device)
    matrix, out = values[0], result[0]
    for start, stop in blocks:
        panel = matrix[:, start:].T @ matrix[:, start:stop]
        out[start:, start:stop] = panel
        out[start:stop, stop:] = panel[stop - start :].T
        _mirror(out[start:stop, start:stop].unsqueeze(0))
    return result


def _mirror(square: torch.Tensor) -> torch.Tensor:
    """Copy the lower triangle onto the upper one, in place."""
    square.copy_(torch.tril(square) + torch.tril(square, -1).mT)
    return square
