"""From a shift p to a proved bound of λ_max: a Cholesky factor that is checked, not trusted."""

from __future__ import annotations

from fractions import Fraction

import torch

from lipbridge.numeric.rounding import OMEGA, UNIT, gamma, root_up, sum_up
from lipbridge.numeric.spectral.cpu_blas import checked_cholesky
from lipbridge.numeric.spectral.gram import Gram, column_blocks, on_host

_LARGE = 2.0**100


def shifted_bounds(
    gram: Gram, shifts: list[float]
) -> tuple[list[Fraction | None], torch.Tensor | None]:
    r"""Prove upper bounds of ``λ_max(VᵀV)`` near the shifts.

    With A = fl(p·I − G) and any real lower-triangular L,
    ``p·I − VᵀV = L·Lᵀ + (A − L·Lᵀ) + (p·I − G − A) + (G − VᵀV)``, and ``L·Lᵀ`` is positive
    semidefinite whatever L is; hence
    ``λ_max(VᵀV) ≤ p + ‖A − L·Lᵀ‖_F + ‖p·I − G − A‖₂ + ‖G − VᵀV‖₂``.

    - ``G − VᵀV``: see ``gram``.
    - ``p·I − G − A`` is diagonal, one rounding an entry: at most ``u·(p + max G_ii)``.
    - ``R = A − L·Lᵀ`` is computed as ``R̃``, a sum of k+1 products an entry:
      ``|R̃ − R| ≤ γ_{k+1}(|A| + |L||Lᵀ|) + (k+1)·OMEGA`` and ``|A| ≤ |R| + |L||Lᵀ|``; since
      ``‖|L||Lᵀ|‖_F ≤ ‖L‖_F²``,
      ``‖R‖_F ≤ (‖R̃‖_F + 2γ_{k+1}‖L‖_F² + k(k+1)·OMEGA)/(1 − γ_{k+1})``.

    This differs from Rump's criterion in one point: his a-priori bound needs a Cholesky
    factorization carried out by the textbook recurrences, which libraries that multiply by inverted
    diagonal blocks do not promise. Checking ``L·Lᵀ`` costs as much as the factorization, assumes
    only ordinary matrix products, and holds even where the factorization was wrong.

    Args:
        gram: Gram matrices with their errors.
        shifts: p, one float64 a matrix.

    Returns:
        Upper bounds as exact rationals, None where the factorization broke down (p too small);
        and the factors, shape (batch, k, k), where they were kept.

    Source: S. M. Rump, *Verification of positive definiteness*, BIT 46 (2006) 433–452.
    """
    size = gram.matrices.shape[-1]
    scalars, factor = _factor(gram.matrices, shifts)
    bounds: list[Fraction | None] = []
    for index, (failed, residual_square, factor_square) in enumerate(scalars):
        # Beyond 2^100 the bound of underflow errors would not hold; a sound factor is far below.
        if failed or not residual_square < _LARGE or not factor_square < _LARGE:
            bounds.append(None)
            continue
        p, rounding, entries = Fraction(shifts[index]), gamma(size + 1), size * (size + 1)
        seen = root_up(sum_up(residual_square, 2 * entries))
        factor_norm = sum_up(factor_square, entries)
        underflow = (size * (size + 1)) * OMEGA
        mismatch = (seen + 2 * rounding * factor_norm + underflow) / (1 - rounding)
        diagonal_error = UNIT * (p + gram.traces[index]) + OMEGA
        bounds.append(p + mismatch + diagonal_error + gram.errors[index])
    return bounds, factor


def row_sum_bounds(gram: Gram) -> list[Fraction]:
    """Bound ``λ_max(VᵀV) ≤ max_i Σ_j |G_ij| + ‖G − VᵀV‖₂``, which needs no factorization.

    Source: Gershgorin's theorem; a row sum of k terms is off by a factor 1 − γ_k at most.
    """
    size = gram.matrices.shape[-1]
    tops = gram.matrices.abs().sum(2).amax(1).tolist()
    return [sum_up(top, size) + error for top, error in zip(tops, gram.errors, strict=True)]


def inverse_iterate(factor: torch.Tensor, start: torch.Tensor) -> torch.Tensor:
    """Two steps of inverse iteration with ``L·Lᵀ ≈ p·I − G``: towards the top eigenvector of G.

    Shape:
        (batch, k, k) and (batch, k) to (batch, k).
    """
    vector = start
    for _ in range(2):
        vector = torch.cholesky_solve(vector[:, :, None], factor)[:, :, 0]
        vector = vector / vector.norm(dim=1, keepdim=True)
    return vector


def _factor(
    matrices: torch.Tensor, shifts: list[float]
) -> tuple[list[tuple[bool, float, float]], torch.Tensor | None]:
    """Factor p·I − G: for each matrix whether it failed, ‖A − LLᵀ‖_F², ‖L‖_F²; and the factors."""
    if on_host(matrices):
        found = checked_cholesky(matrices[0].numpy(), shifts[0])
        return [(True, 0.0, 0.0) if found is None else (False, *found)], None
    shifted = matrices.neg()
    diagonal = shifted.diagonal(dim1=1, dim2=2)
    diagonal += torch.tensor(shifts, dtype=torch.float64, device=shifted.device)[:, None]
    factor, info = torch.linalg.cholesky_ex(shifted)
    residual, weight = _squares(shifted, factor)
    # One transfer for the three scalars of each matrix.
    scalars = torch.stack([info.to(torch.float64), residual, weight], dim=1).tolist()
    return [(failed != 0, square, total) for failed, square, total in scalars], factor


def _squares(shifted: torch.Tensor, factor: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Sums of squares ≥ ‖A − LLᵀ‖_F² and = ‖L‖_F² before rounding, per matrix.

    For large matrices only the blocks on and below the diagonal are formed and counted twice,
    which over-counts the diagonal blocks.
    """
    blocks = column_blocks(factor.shape[-1])
    weight = _sums_of_squares(factor)
    if factor.shape[0] > 1 or len(blocks) == 1:
        rest = torch.baddbmm(shifted, factor, factor.mT, alpha=-1.0)
        return _sums_of_squares(rest), weight
    total = torch.zeros((), dtype=factor.dtype, device=factor.device)
    lower, matrix = factor[0], shifted[0]
    for start, stop in blocks:
        left, right = lower[start:, :stop], lower[start:stop, :stop].T
        rest = torch.addmm(matrix[start:, start:stop], left, right, alpha=-1.0)
        total = total + 2.0 * _sums_of_squares(rest[None])[0]
    return total[None], weight


def _sums_of_squares(batch: torch.Tensor) -> torch.Tensor:
    """Sum of squares of each matrix; for one matrix in a single pass over memory."""
    if len(batch) == 1:
        # The order of summation is free, so a transposed layout is read as it lies.
        flat = (batch[0] if batch[0].is_contiguous() else batch[0].T).reshape(-1)
        return torch.dot(flat, flat)[None]
    return (batch * batch).flatten(1).sum(1)
