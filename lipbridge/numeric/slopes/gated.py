"""Weighted sums of ReLUs in float64, as torch functions to search flips on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.numeric.evaluate import Forward


def gated_forward(weights: npt.NDArray[np.float64], products: npt.NDArray[np.float64]) -> Forward:
    """``x ↦ (Σ_h (W x)_h·max((J_h x)_s, 0))_s``.

    Args:
        weights: W, shape (H, n).
        products: J, shape (H, T, n).

    Shape:
        input (batch, n), float64; output (batch, T).
    """
    w, j = torch.from_numpy(weights), torch.from_numpy(products)

    def run(x: torch.Tensor) -> torch.Tensor:
        z = torch.einsum("hsn,bn->bsh", j, x).clamp(min=0)
        return torch.einsum("bsh,bh->bs", z, x @ w.T)

    return run


def indexer_forward(
    down: npt.NDArray[np.float64],
    up: npt.NDArray[np.float64],
    keys: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
) -> Forward:
    """``x ↦ (Σ_h (W x)_h·max(⟨B_h A x, k_s⟩, 0))_s``.

    Args:
        down: A, its rows times the gain; shape (l, n).
        up: B, shape (H, d, l).
        keys: turned as the queries would be; shape (T, d).
        weights: W, shape (H, n).

    Shape:
        input (batch, n), float64; output (batch, T).
    """
    a, b, k, w = map(torch.from_numpy, (down, up, keys, weights))

    def run(x: torch.Tensor) -> torch.Tensor:
        queries = torch.einsum("hdl,bl->bhd", b, x @ a.T)
        return torch.einsum("bhs,bh->bs", (queries @ k.T).clamp(min=0), x @ w.T)

    return run
