"""Chebyshev-filtered subspace iteration: the top eigenvalue with few launches on an accelerator.

A block X of vectors is multiplied by ``T_m((2G − aI)/a)``, which keeps everything below a at size
one and lifts what is above; a Rayleigh–Ritz step then turns X into Ritz vectors and raises a to
the lowest Ritz value. A product with a block reads G once, as a product with a vector does, and
the whole filter takes one launch a step. Not rigorous; see ``estimate``.

Source: Y. Zhou, Y. Saad, M. L. Tiago, J. R. Chelikowsky, *Self-consistent-field calculations using
Chebyshev-filtered subspace iteration*, J. Comput. Phys. 219 (2006), for the method.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

_WIDTH = 32
_ROUNDS = 12
_FIRST_DEGREE = 12
_MAX_DEGREE = 32
# The filter lifts the top value by about e^12 a round: much more would make the columns parallel.
_LIFT = 12.0
# The cut is put this far from the lowest Ritz value, itself too low, to the top one.
_RAISE = 0.2
# Least pivot of a block taken for well-conditioned, and what rounding then does to Ritz values.
_SOUND = 1e-3
_NOISE = 1e-11


@dataclass(frozen=True, slots=True)
class Estimate:
    """A guess of the top eigenpair.

    Args:
        value: Rayleigh or Ritz value, below the truth but for rounding.
        error: guess of the relative amount by which it falls short.
        vector: approximate eigenvector, or None where the method gives none.
    """

    value: float
    error: float
    vector: torch.Tensor | None


def top_ritz(matrix: torch.Tensor, tolerance: float) -> Estimate:
    """Estimate λ_max of a symmetric positive-semidefinite matrix, from below.

    Args:
        matrix: G, float64, not zero.
        tolerance: relative accuracy that is worth having.

    Shape:
        (k, k) with k ≥ 64.
    """
    size, device = matrix.shape[0], matrix.device
    generator = torch.Generator(device).manual_seed(0)
    block = torch.randn(size, _WIDTH, dtype=torch.float64, generator=generator, device=device)
    # The filter needs no accuracy: Ritz values err by the square of what the vectors err by.
    filtering = torch.float32 if _float32_is_full() else torch.float64
    operator = matrix.to(filtering)
    folded = torch.empty_like(operator)
    # ‖G‖_F²/tr G lies between the mean and the largest eigenvalue.
    flat = operator.reshape(-1)
    first = torch.dot(flat, flat) / operator.diagonal().sum()
    fold: torch.Tensor | float = 4.0 / first
    degree = _FIRST_DEGREE
    best: Estimate | None = None
    for _ in range(_ROUNDS):
        torch.mul(operator, fold, out=folded)
        folded.diagonal().sub_(2.0)
        filtered = _filter(folded, block.to(filtering), degree)
        values, residual, block = _rayleigh_ritz(matrix, filtered.to(torch.float64))
        top, low = float(values[-1]), float(values[0])
        if not top > 0.0:
            return Estimate(0.0, 1.0, block[:, -1])
        # Columns that fell together were far above everything else: low is no cut then.
        low = low + _RAISE * (top - low) if len(values) == _WIDTH else min(low, 4.0 / float(fold))
        miss = min(residual, 4.0 * residual * residual / max(top - low, 1e-300))
        best = Estimate(top, max(miss / top, _NOISE), block[:, -1])
        if best.error <= tolerance:
            break
        cut = max(low, 0.05 * top)
        fold = 4.0 / cut
        growth = math.acosh(max(2.0 * top / cut - 1.0, 1.0 + 1e-12))
        degree = max(2, min(_MAX_DEGREE, math.ceil(_LIFT / growth)))
    assert best is not None, "there is at least one round"
    return best


def _filter(folded: torch.Tensor, block: torch.Tensor, degree: int) -> torch.Tensor:
    """T_degree(P/2)·block with P = (4/cut)·G − 2I: T_{j+1} = P·T_j − T_{j−1}, one launch a step."""
    before, now = block, torch.addmm(block, folded, block, beta=0.0, alpha=0.5)
    for _ in range(degree - 1):
        before, now = now, before.addmm_(folded, now, beta=-1.0)
    return now


def _rayleigh_ritz(
    matrix: torch.Tensor, block: torch.Tensor
) -> tuple[npt.NDArray[np.float64], float, torch.Tensor]:
    """Ritz values (ascending), the residual ‖Gx − θx‖ of the top one, and Ritz vectors."""
    width = block.shape[1]
    image = matrix @ block
    both = torch.cat([block, image], dim=1)
    small = (both.T @ both).cpu().numpy()
    scale = 1.0 / np.sqrt(np.maximum(np.diag(small)[:width], 1e-300))
    double = np.concatenate([scale, scale])
    small = small * double * double[:, None]
    overlap, compressed, squared = (
        small[:width, :width],
        small[:width, width:],
        small[width:, width:],
    )
    whiten, sound = _whitener(overlap)
    values, turns = np.linalg.eigh(whiten.T @ ((compressed + compressed.T) / 2) @ whiten)
    change = whiten @ turns
    lead, top = change[:, -1], float(values[-1])
    vectors = block @ torch.from_numpy(scale[:, None] * change).to(block.device)
    if sound:
        # ‖Gx − θx‖² = ‖Gx‖² − θ², from the small matrices, while nothing is lost in them.
        return values, math.sqrt(max(float(lead @ squared @ lead) - top * top, 0.0)), vectors
    residual = image @ torch.from_numpy(scale * lead).to(block.device) - top * vectors[:, -1]
    return values, float(residual.norm().item()), vectors


def _whitener(
    overlap: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], bool]:
    """C with CᵀSC = I for S of unit diagonal, and whether S is well-conditioned.

    Where columns have all but fallen together, C has fewer columns than S.
    """
    try:
        factor = np.linalg.cholesky(overlap)
        if factor.diagonal().min() > _SOUND:
            return np.asarray(np.linalg.inv(factor).T, dtype=np.float64), True
    except np.linalg.LinAlgError:
        pass
    weights, axes = np.linalg.eigh(overlap)
    keep = weights > 1e-10 * weights[-1]
    return axes[:, keep] / np.sqrt(weights[keep]), False


def _float32_is_full() -> bool:
    """Whether float32 products are float32: not shortened to TF32 or bfloat16 by a setting."""
    try:
        return torch.get_float32_matmul_precision() == "highest"
    except RuntimeError:  # raised where the setting was made through torch's newer interface
        return False
