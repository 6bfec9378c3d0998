"""Chebyshev-filtered subspace iteration: the top eigenvalue with few launches on an accelerator.

A block X of vectors is multiplied by ``T_m((2G − aI)/a)``, which keeps everything below a at size
one and lifts what is above; a Rayleigh–Ritz step then turns X into Ritz vectors and raises a to
the lowest Ritz value. A product with a block reads G once, as a product with a vector does, and
the whole filter takes two launches a step. Not rigorous; see ``estimate``.

Source: Y. Zhou, Y. Saad, M. L. Tiago, J. R. Chelikowsky, *Self-consistent-field calculations using
Chebyshev-filtered subspace iteration*, J. Comput. Phys. 219 (2006), for the method.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

__all__ = ["Ritz", "top_ritz"]

_WIDTH = 32
_ROUNDS = 12
_FIRST_DEGREE = 8
_MAX_DEGREE = 24
# The filter lifts the top value by about e^11 a round: more would make the columns parallel.
_LIFT = 11.0


@dataclass(frozen=True, slots=True)
class Ritz:
    """The top Ritz value, the guess of its relative error, and its vector (norm 1)."""

    value: float
    error: float
    vector: torch.Tensor


def top_ritz(matrix: torch.Tensor, tolerance: float, seed: int = 0) -> Ritz:
    """Estimate λ_max of a symmetric positive-semidefinite matrix, from below.

    Args:
        matrix: G, float64, not zero.
        tolerance: relative accuracy that is worth having.
        seed: of the start block.

    Shape:
        (k, k) with k ≥ 64.
    """
    size, device = matrix.shape[0], matrix.device
    generator = torch.Generator().manual_seed(seed)
    start = torch.randn(size, _WIDTH, dtype=torch.float32, generator=generator)
    # The filter needs no accuracy: Ritz values err by the square of what the vectors err by.
    filtering = torch.float32 if _float32_is_full() else torch.float64
    operator, block = matrix.to(filtering), start.to(device, filtering)
    # ‖G‖_F²/tr G lies between the mean and the largest eigenvalue.
    cut = float(((operator * operator).sum() / operator.diagonal().sum()).item())
    degree = _FIRST_DEGREE
    best: Ritz | None = None
    for _ in range(_ROUNDS):
        block = _filter(operator, block, cut, degree)
        values, residual, vectors = _rayleigh_ritz(matrix, block.to(torch.float64))
        top, low = float(values[-1]), float(values[0])
        if not top > 0.0:
            return Ritz(0.0, 1.0, vectors[:, -1])
        # Columns that fell together were far above everything else: low is no cut then.
        low = low if len(values) == _WIDTH else min(low, cut)
        miss = min(residual, 4.0 * residual * residual / max(top - low, 1e-300))
        best = Ritz(top, max(miss / top, 1e-15), vectors[:, -1])
        if best.error <= tolerance:
            break
        cut = max(low, 0.05 * top)
        growth = math.acosh(max(2.0 * top / cut - 1.0, 1.0 + 1e-12))
        degree = max(2, min(_MAX_DEGREE, math.ceil(_LIFT / growth)))
        block = vectors.to(filtering)
    assert best is not None, "there is at least one round"
    return best


def _filter(operator: torch.Tensor, block: torch.Tensor, cut: float, degree: int) -> torch.Tensor:
    """T_degree((2G − cut·I)/cut)·block by the three-term recurrence."""
    before, now = block, torch.addmm(block, operator, block, beta=-1.0, alpha=2.0 / cut)
    for _ in range(degree - 1):
        rest = torch.add(before, now, alpha=2.0)
        before, now = now, torch.addmm(rest, operator, now, beta=-1.0, alpha=4.0 / cut)
    return now


def _rayleigh_ritz(
    matrix: torch.Tensor, block: torch.Tensor
) -> tuple[npt.NDArray[np.float64], float, torch.Tensor]:
    """Ritz values (ascending), the residual ‖Gx − θx‖ of the top one, and Ritz vectors."""
    block = block / block.norm(dim=0).clamp_min(1e-300)
    image = matrix @ block
    overlap, compressed = torch.stack([block.T @ block, block.T @ image]).cpu().numpy()
    weights, axes = np.linalg.eigh(overlap)
    keep = weights > 1e-10 * weights[-1]
    whiten = axes[:, keep] / np.sqrt(weights[keep])
    values, turns = np.linalg.eigh(whiten.T @ compressed @ whiten)
    change = torch.from_numpy(np.ascontiguousarray(whiten @ turns)).to(block.device)
    vectors = block @ change
    residual = (image @ change[:, -1] - float(values[-1]) * vectors[:, -1]).norm()
    return values, float(residual.item()), vectors


def _float32_is_full() -> bool:
    """Whether float32 products are float32: not shortened to TF32 or bfloat16 by a setting."""
    try:
        return torch.get_float32_matmul_precision() == "highest"
    except RuntimeError:  # raised where the setting was made through torch's newer interface
        return False
