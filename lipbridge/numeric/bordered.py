r"""Weights of the hidden units of one layer, beside a linear map, that make its LipSDP bound small.

For ``x ↦ L x + V ψ(W x)``, ``|ψ_i| ≤ |(W δ)_i|``, the squared constant is at most τ where
``F = [[τI − LᵀL − WᵀDW, −LᵀV], [−VᵀL, D − VᵀV]]`` is positive semidefinite, D ≥ 0 diagonal. F is
linear in τ and D, so that a few dozen Newton steps with the barrier ``−μ·log det F`` find the
least τ: with ``S = F⁻¹``, the Hessian in D is made of squares of the entries of ``WS₁₁Wᵀ``,
``WS₁₂`` and ``S₂₂``. Where there are fewer outputs than inputs, the transpose is solved instead:
(Lᵀ, Wᵀ, Vᵀ) with the weights τ/D. Nothing is trusted.

Source: M. Fazlyab et al. (2019), LipSDP-Neuron, the linear part of the activation taken out.
"""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.numeric.devices import choose_device

FloatArray = npt.NDArray[np.float64]

MAX_ORDER = 2048
"""Beyond so many units and inputs, or outputs, together, nothing is searched for."""
_STAGES, _STEPS, _HALVINGS = 16, 12, 40
_SHRINK = 0.15
_SMALL = 512
# When the barrier may cost so much of τ, relatively, it has done its part.
_SETTLED = 1e-5


def bordered_square(
    linear: FloatArray, inner: FloatArray, outer: FloatArray, weights: FloatArray
) -> float:
    """The least τ for given D, in float64: ``σ([(I − VD⁻¹Vᵀ)^(−1/2) L; D^(1/2) W])²``.

    Args:
        linear: L, shape (m, n).
        inner: W, shape (h, n).
        outer: V, shape (m, h).
        weights: D, shape (h,), positive.

    Returns:
        τ; infinite where I − VD⁻¹Vᵀ is not positive definite.
    """
    rest = np.eye(len(linear)) - (outer / weights) @ outer.T
    try:
        half = np.linalg.solve(np.linalg.cholesky(rest), linear)
    except np.linalg.LinAlgError:
        return float("inf")
    stack = np.vstack([half, np.sqrt(weights)[:, None] * inner])
    short = stack if stack.shape[0] <= stack.shape[1] else stack.T
    return float(np.linalg.eigvalsh(short @ short.T)[-1])


def bordered_weights(
    linear: FloatArray,
    inner: FloatArray,
    outer: FloatArray,
    *,
    device: str = "auto",
    seconds: float = 60.0,
) -> FloatArray | None:
    """Minimize τ over D.

    Args:
        linear: L, shape (m, n).
        inner: W, shape (h, n).
        outer: V, shape (m, h).
        device: where to compute.
        seconds: when to stop refining, with what has been found.

    Returns:
        D, shape (h,), valid up to rounding; None for more than `MAX_ORDER` rows, or numbers beyond
        float64, or a map that vanishes.
    """
    m, n = linear.shape
    if min(m, n) + len(inner) > MAX_ORDER:
        return None
    sizes = [float(np.linalg.norm(x)) for x in (inner, outer)]
    if not all(0 < size < float("inf") for size in sizes) or not np.isfinite(linear).all():
        return None
    turned = m < n
    maps = (linear / (sizes[0] * sizes[1]), inner / sizes[0], outer / sizes[1])
    if turned:
        maps = maps[0].T, maps[2].T, maps[1].T
    where = choose_device(device).device
    tensors = (torch.tensor(x.copy(), dtype=torch.float64, device=where) for x in maps)
    threads = torch.get_num_threads()
    # Waiting for one another costs threads more than small factors do.
    torch.set_num_threads(1 if min(m, n) + len(inner) <= _SMALL else threads)
    try:
        found = _Barrier(*tensors).minimize(time.monotonic() + seconds)
    finally:
        torch.set_num_threads(threads)
    if found is None:
        return None
    tau, weights = found
    weights = (tau / weights if turned else weights) * sizes[1] ** 2
    return weights if bool(np.isfinite(weights).all() and (weights > 0).all()) else None


class _Barrier:
    """F as a function of (τ, D), L with not more columns than rows."""

    def __init__(self, linear: torch.Tensor, inner: torch.Tensor, outer: torch.Tensor) -> None:
        self.inner, self.size = inner, linear.shape[1]
        both = torch.cat([linear, outer], dim=1)
        self.fixed = -both.T @ both
        self.cut = torch.arange(self.size, len(self.fixed), device=inner.device)

    def factor(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, bool]:
        """Cholesky's factor of F at (τ, D), log det F, and whether F is positive definite."""
        matrix = self.fixed.clone()
        n, weights = self.size, x[1:]
        matrix[:n, :n] -= (self.inner.T * weights) @ self.inner
        matrix.diagonal()[:n] += x[0]
        matrix[self.cut, self.cut] += weights
        lower, info = torch.linalg.cholesky_ex(matrix)
        logs = 2 * torch.log(lower.diagonal().clamp_min(1e-300)).sum()
        inside = int(info) == 0 and bool((weights > 0).all()) and bool(torch.isfinite(logs))
        return lower, logs, inside

    def start(self) -> torch.Tensor | None:
        """A point well inside."""
        norm = 2.0 * float(self.fixed[self.size :, self.size :].abs().sum(1).max())
        x = torch.full((len(self.inner) + 1,), norm, dtype=torch.float64, device=self.inner.device)
        for _ in range(_HALVINGS):
            if self.factor(x)[2]:
                # Twice as far: away from the boundary.
                x[0] *= 2
                return x
            x[0] *= 2
        return None

    def newton(self, lower: torch.Tensor, mu: float) -> tuple[torch.Tensor, float]:
        """The Newton step for ``τ/μ − log det F``, and the squared decrement."""
        n, w = self.size, self.inner
        inverse = torch.cholesky_inverse(lower)
        top, side, low = inverse[:n, :n], inverse[:n, n:], inverse[n:, n:]
        wt = w @ top
        p, q = wt @ w.T, w @ side
        count = len(w) + 1
        gradient = torch.empty(count, dtype=torch.float64, device=w.device)
        gradient[0] = 1 / mu - top.trace()
        gradient[1:] = p.diagonal() - low.diagonal()
        hessian = torch.empty((count, count), dtype=torch.float64, device=w.device)
        hessian[0, 0] = top.square().sum()
        hessian[0, 1:] = side.square().sum(0) - wt.square().sum(1)
        hessian[1:, 0] = hessian[0, 1:]
        hessian[1:, 1:] = p.square() + low.square() - q.square() - q.T.square()
        scale = hessian.diagonal().rsqrt()
        hessian = scale[:, None] * hessian * scale
        hessian.diagonal()[:] += 1e-12
        half, info = torch.linalg.cholesky_ex(hessian)
        if int(info):
            return torch.zeros_like(gradient), 0.0
        step = -scale * torch.cholesky_solve((scale * gradient)[:, None], half)[:, 0]
        return step, float(-(gradient @ step))

    def minimize(self, deadline: float) -> tuple[float, FloatArray] | None:
        """τ and D; None where there is no start."""
        x = self.start()
        if x is None:
            return None
        order = len(self.fixed)
        mu = float(x[0]) / order
        for _ in range(_STAGES):
            for _ in range(_STEPS):
                lower, logs, _ = self.factor(x)
                step, fall = self.newton(lower, mu)
                moved = self.search(x, step, fall, float(x[0]) / mu - float(logs), mu)
                if moved is None or time.monotonic() > deadline:
                    break
                x = moved
                if fall < 0.1:
                    break
            if order * mu < _SETTLED * float(x[0]) or time.monotonic() > deadline:
                break
            mu *= _SHRINK
        found = x.cpu().numpy()
        return float(found[0]), found[1:]

    def search(
        self, x: torch.Tensor, step: torch.Tensor, fall: float, value: float, mu: float
    ) -> torch.Tensor | None:
        """A point along the step where the function is lower; None where none is found."""
        length = 1.0
        for _ in range(_HALVINGS):
            moved = x + length * step
            _, logs, inside = self.factor(moved)
            if inside and float(moved[0]) / mu - float(logs) <= value - 0.1 * length * fall:
                return moved
            length /= 2
        return None
