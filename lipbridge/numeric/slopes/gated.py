"""Weighted sums of ReLUs in float64: a torch function to search flips on, scalings of heads."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.numeric.evaluate import Forward

# Powers of the Gram matrix in the smooth norms that are minimized one after the other.
_POWERS = (4, 16, 64, 256)


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


def joint_scalings(
    weights: npt.NDArray[np.float64], products: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Logarithms of positive D that make ``σ([D·W; D⁻¹·J])`` small, by descent in float64.

    Args:
        weights: W, shape (H, n).
        products: J, shape (H, n).

    Returns:
        Shape (H,), finite.
    """
    rows = torch.from_numpy(np.concatenate([weights, products]))
    gram, heads = rows @ rows.T, len(weights)
    least = torch.finfo(torch.float64).tiny
    lengths = gram.diagonal().clamp_min(least).log() / 2
    start = (lengths[heads:] - lengths[:heads]) / 2
    logs = start.clone().requires_grad_()

    def smoothed(power: int) -> torch.Tensor:
        """``log tr(M^power) / power``, M the Gram matrix of the scaled rows."""
        scales = torch.cat([logs, -logs]).exp()
        values = torch.linalg.eigvalsh(scales[:, None] * gram * scales)
        top = values[-1].clamp_min(least)
        powers = power * (values / top).clamp_min(least).log()
        return top.log() + torch.logsumexp(powers, 0) / power

    for power in _POWERS:
        optimizer = torch.optim.LBFGS([logs], max_iter=60, line_search_fn="strong_wolfe")

        def closure(power: int = power) -> torch.Tensor:
            logs.grad = None
            value = smoothed(power)
            value.backward()
            return value

        optimizer.step(closure)
    found = logs.detach()
    return (found if bool(torch.isfinite(found).all()) else start).numpy()
