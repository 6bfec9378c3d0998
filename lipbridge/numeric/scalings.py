"""Positive scalings of units under which norms are small, by descent in float64; untrusted.

``2·log σ(M)`` is replaced by ``log tr((MMᵀ)^p)/p`` for growing p = 2^s, which is smooth and convex
in the logarithms of scalings, and takes 2s products of matrices and no decomposition.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from lipbridge.numeric.devices import one_thread
from lipbridge.numeric.optimizers import LBFGS

Floats = npt.NDArray[np.float64]

SMALL = 256
"""Threads would wait for one another at matrices of so many rows or fewer."""
_SETTLED = 1e-9
# Products of an evaluation besides those of its powers: the Gram matrix, and the gradient's.
_BESIDE = 4


class _Power(torch.autograd.Function):
    """``log tr(G^p)/p`` of a symmetric G; its gradient is ``G^(p−1)/tr(G^p)``."""

    @staticmethod
    def forward(ctx: Any, gram: Tensor, squarings: int) -> Tensor:
        scale = gram.norm()
        # power = G^(2^j), rest = G^(2^j − 1), both up to the logarithms of their scales.
        power, log_power = gram / scale, torch.log(scale)
        rest, log_rest = power, log_power
        for step in range(squarings):
            if step:
                rest, log_rest = rest @ power, log_rest + log_power
                scale = rest.norm()
                rest, log_rest = rest / scale, log_rest + torch.log(scale)
            power, log_power = power @ power, 2 * log_power
            scale = power.norm()
            power, log_power = power / scale, log_power + torch.log(scale)
        log_trace = torch.log(torch.trace(power)) + log_power
        ctx.save_for_backward(rest * torch.exp(log_rest - log_trace))
        return log_trace / 2**squarings

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Tensor) -> tuple[Tensor, None]:
        (slope,) = ctx.saved_tensors
        return grad_outputs[0] * slope, None


def smooth_top(gram: Tensor, squarings: int) -> Tensor:
    """``log tr(G^p)/p``, p = 2^squarings ≥ 2, above the logarithm of the largest eigenvalue of G.

    Shape:
        (k, k), symmetric and positive semidefinite; returns a scalar.
    """
    return _Power.apply(gram, squarings)  # pyright: ignore[reportReturnType, reportUnknownVariableType]


def smooth_square(matrix: Tensor, squarings: int) -> Tensor:
    """:func:`smooth_top` of the smaller Gram matrix: a bound of ``2·log σ``."""
    short = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.mT
    return smooth_top(short @ short.mT, squarings)


def scaled(matrix: Tensor, before: Tensor | None, after: Tensor | None) -> Tensor:
    """``D_after W D_before⁻¹``, from the logarithms; None for 1."""
    if before is not None:
        matrix = matrix / before.exp()
    return matrix if after is None else after.exp()[:, None] * matrix


def descend(
    objective: Callable[[Sequence[Tensor], int], Tensor],
    start: Sequence[Tensor],
    squarings: Iterable[int],
    *,
    steps: int,
    products: float = math.inf,
) -> list[Tensor]:
    """Minimize over logarithms of scalings for growing p.

    Args:
        objective: of the logarithms, and of how often Gram matrices are squared.
        start: where to begin.
        squarings: the values of s.
        steps: for each of them.
        products: how many products of matrices it may take, about, and then it stops with what has
            been found; one step is always taken.

    Returns:
        The logarithms, finite if those at the start are.
    """
    logs = [x.detach() for x in start]
    for stage, count in enumerate(squarings):
        each = 2 * count + _BESIDE
        if stage and products < each:
            break
        moved = [x.clone().requires_grad_() for x in logs]
        search = LBFGS(
            moved,
            max_iter=int(min(steps, max(1, products / each))),
            history_size=20,
            tolerance_change=_SETTLED,
            line_search_fn="strong_wolfe",
        )

        def closure(moved: list[Tensor] = moved, count: int = count, each: int = each) -> Tensor:
            nonlocal products
            products -= each
            for x in moved:
                x.grad = None
            with torch.enable_grad():
                value = objective(moved, count)
                value.backward()
            return value

        search.step(closure)  # type: ignore[arg-type]
        if not all(bool(torch.isfinite(x).all()) for x in moved):
            break
        logs = [x.detach() for x in moved]
    return logs


def balanced_scalings(
    weights: Sequence[Tensor], squarings: Iterable[int] = (2, 4, 6), steps: int = 20
) -> list[Tensor]:
    """Logarithms of scalings of hidden units that make ``Σ log σ(D_ℓ W_ℓ D_{ℓ−1}⁻¹)`` small.

    Args:
        weights: W_1, …, W_L, the first map first.
        squarings: the values of s, p = 2^s.
        steps: for each of them.
    """

    def objective(logs: Sequence[Tensor], squarings: int) -> Tensor:
        ends = [None, *logs, None]
        norms = [
            smooth_square(scaled(w, ends[i], ends[i + 1]), squarings) for i, w in enumerate(weights)
        ]
        return torch.stack(norms).sum()

    start = [w.new_zeros(len(w)) for w in weights[:-1]]
    return descend(objective, start, squarings, steps=steps)


def chain_scalings(weights: Sequence[Floats]) -> list[Floats]:
    """The same of matrices that are not trained, and with more care."""
    with one_thread(max(map(len, weights)) <= SMALL):
        found = balanced_scalings([*map(torch.from_numpy, weights)], (2, 4, 6, 8), steps=60)
    return [logs.numpy() for logs in found]


def joint_scalings(weights: Floats, products: Floats) -> Floats:
    """Logarithms of positive D that make ``σ([D·W; D⁻¹·J])`` small.

    Args:
        weights: W, shape (H, n).
        products: J, shape (H, n).

    Returns:
        Shape (H,), finite.
    """
    rows = torch.from_numpy(np.concatenate([weights, products]))
    gram, heads = rows @ rows.T, len(weights)
    lengths = gram.diagonal().clamp_min(torch.finfo(torch.float64).tiny).log() / 2

    def objective(logs: Sequence[Tensor], squarings: int) -> Tensor:
        scales = torch.cat([logs[0], -logs[0]]).exp()
        return smooth_top(scales[:, None] * gram * scales, squarings)

    start = (lengths[heads:] - lengths[:heads]) / 2
    with one_thread(heads <= SMALL):
        return descend(objective, [start], (2, 4, 6, 8, 10), steps=60)[0].numpy()
