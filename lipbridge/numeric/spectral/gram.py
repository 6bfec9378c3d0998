"""Gram products in float64, half the work by symmetry, with their error bound."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import torch

from lipbridge.numeric.rounding import OMEGA, gamma
from lipbridge.numeric.spectral.cpu_blas import gram_product

# Columns of a block on an accelerator; smaller products would not fill it.
_BLOCK = 1024
# Up to this Gram size LAPACK's own eigenvalues and factorization are as fast as blocking.
HOST_ABOVE = 192


@dataclass(frozen=True)
class Gram:
    r"""Float64 Gram matrices of a batch and bounds of what they are off by.

    The bounds are worked out when first asked for, so that an accelerator is not waited for.

    Args:
        matrices: symmetric, shape (batch, k, k).
        sums: computed traces, shape (batch,).
        long: M, the terms of each entry.
    """

    matrices: torch.Tensor
    sums: torch.Tensor
    long: int

    @cached_property
    def traces(self) -> tuple[Fraction, ...]:
        """Upper bounds of ``‖V‖_F²``, one a matrix, exact rationals."""
        short = self.matrices.shape[-1]
        least = (1 - gamma(self.long)) * (1 - gamma(short))
        return tuple((Fraction(s) + self._underflow) / least for s in self.sums.tolist())

    @cached_property
    def errors(self) -> tuple[Fraction, ...]:
        """Upper bounds of ``‖VᵀV − G‖₂``, one a matrix, exact rationals."""
        return tuple(gamma(self.long) * trace + self._underflow for trace in self.traces)

    @property
    def _underflow(self) -> Fraction:
        return self.matrices.shape[-1] * self.long * OMEGA


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
    matrices = _product(values)
    return Gram(matrices, matrices.diagonal(dim1=1, dim2=2).sum(1), values.shape[1])


def column_blocks(size: int) -> list[tuple[int, int]]:
    """Cut 0…size into equal blocks, or one where cutting does not pay."""
    if size < 3 * _BLOCK:
        return [(0, size)]
    return [(start, min(start + _BLOCK, size)) for start in range(0, size, _BLOCK)]


def on_host(matrices: torch.Tensor) -> bool:
    """Whether ``cpu_blas`` does the work: for one matrix on the CPU, large enough to be blocked."""
    return matrices.device.type == "cpu" and len(matrices) == 1 and matrices.shape[-1] > HOST_ABOVE


def _product(values: torch.Tensor) -> torch.Tensor:
    batch, _, short = values.shape
    if on_host(values):
        return torch.from_numpy(gram_product(values[0].numpy()))[None]
    blocks = column_blocks(short)
    if batch > 1 or len(blocks) == 1:
        # Two halves of a library product may round differently: one half is the definition.
        return _mirror(values.mT @ values)
    result = torch.empty(1, short, short, dtype=values.dtype, device=values.device)
    matrix, out = values[0], result[0]
    for start, stop in blocks:
        panel = torch.mm(matrix[:, start:].T, matrix[:, start:stop], out=out[start:, start:stop])
        out[start:stop, stop:] = panel[stop - start :].T
        panel[: stop - start] = _mirror(panel[: stop - start])
    return result


def _mirror(square: torch.Tensor) -> torch.Tensor:
    return torch.tril(square) + torch.tril(square, -1).mT
