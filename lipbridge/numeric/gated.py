"""Weighted sums of ReLUs as a torch function in float64: what flips are searched on."""

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
