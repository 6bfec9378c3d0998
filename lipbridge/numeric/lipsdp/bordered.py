r"""Weights of hidden units with slopes in intervals that make the LipSDP bound small.

For ``x ↦ L x + V z`` with ``z_i = ψ_i(u_i)``, ``u = W x + Q z``, ``|ψ_i(t)| ≤ |t|``, Q = 0 for one
hidden layer and strictly block triangular for several, the squared constant is at most τ where
``F = diag(τI, D) − [W Q]ᵀD[W Q] − [L V]ᵀ[L V]`` is positive semidefinite, D ≥ 0 diagonal. F is
linear in τ and D, so that a few dozen Newton steps with the barrier ``−μ·log det F`` find the
least τ: with ``S = F⁻¹``, the Hessian in D is made of squares of the entries of
``[W Q]S[W Q]ᵀ``, ``[W Q]S`` and ``S₂₂``. Where there are fewer outputs than inputs, the transpose
is solved instead: (Lᵀ, Wᵀ, Vᵀ, Qᵀ) with the weights τ/D. Nothing is trusted.

Source: M. Fazlyab et al. (2019), LipSDP-Neuron, the linear part of the activation taken out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.numeric.devices import choose_device, one_thread, search_work

FloatArray = npt.NDArray[np.float64]

MAX_ORDER = 2048
"""Beyond so many units and inputs, or outputs, together, nothing is searched for."""
_STAGES, _STEPS, _MOST_STEPS, _HALVINGS = 16, 12, 80, 40
_SHRINK = 0.15
_SMALL = 512
# Multiplications of a search, about a minute of a processor.
_WORK = 1 << 40
# When the barrier may cost so much of τ, relatively, it has done its part.
_SETTLED = 1e-5


@dataclass(frozen=True)
class LinearParts:
    """``x ↦ L x + V z``, ``z = ψ(W x + Q z)``.

    Attributes:
        linear: L, shape (m, n).
        inner: W, shape (h, n).
        outer: V, shape (m, h).
        between: Q, shape (h, h); None for 0.
    """

    linear: FloatArray
    inner: FloatArray
    outer: FloatArray
    between: FloatArray | None = None


def bordered_square(parts: LinearParts, weights: FloatArray) -> float:
    """The least τ for given D, in float64: ``σ((I − G Gᵀ)^(−1/2) [D^(1/2) W; L])²``.

    ``G = [D^(1/2) Q; V] D^(−1/2)``.

    Args:
        parts: L, W, V and Q.
        weights: D, shape (h,), positive.

    Returns:
        τ; infinite where I − G·Gᵀ is not positive definite, or where numbers leave float64.
    """
    roots = np.sqrt(weights)[:, None]
    with np.errstate(all="ignore"):
        stack, gain = np.vstack([roots * parts.inner, parts.linear]), parts.outer / roots.T
        if parts.between is None:
            gain = np.vstack([np.zeros((len(weights), len(weights))), gain])
        else:
            gain = np.vstack([roots * parts.between / roots.T, gain])
        try:
            half = np.linalg.solve(np.linalg.cholesky(np.eye(len(gain)) - gain @ gain.T), stack)
            short = half if half.shape[0] <= half.shape[1] else half.T
            found = float(np.linalg.eigvalsh(short @ short.T)[-1])
        except np.linalg.LinAlgError:
            return math.inf
    return found if math.isfinite(found) else math.inf


def bordered_weights(parts: LinearParts, *, device: str = "auto") -> FloatArray | None:
    """Minimize τ over D.

    Args:
        parts: L, W, V and Q.
        device: where to compute.

    Returns:
        D, shape (h,), valid up to rounding; None for more than `MAX_ORDER` rows, or numbers beyond
        float64, or a map that vanishes.
    """
    (m, n), hidden = parts.linear.shape, len(parts.inner)
    if min(m, n) + hidden > MAX_ORDER:
        return None
    sizes = [float(np.linalg.norm(x)) for x in (parts.inner, parts.outer)]
    between = np.zeros((hidden, 0)) if parts.between is None else parts.between
    if not all(0 < size < float("inf") for size in sizes):
        return None
    if not np.isfinite(parts.linear).all() or not np.isfinite(between).all():
        return None
    turned = m < n
    maps = (parts.linear / (sizes[0] * sizes[1]), parts.inner / sizes[0], parts.outer / sizes[1])
    if turned:
        maps, between = (maps[0].T, maps[2].T, maps[1].T), between.T.reshape(hidden, -1)
    where = choose_device(device).device
    tensors = (
        torch.tensor(x.copy(), dtype=torch.float64, device=where)
        for x in (maps[0], np.hstack([maps[1], between]), maps[2])
    )
    order = min(m, n) + hidden
    # A step takes a few factors, an inverse and a Hessian.
    steps = max(1, search_work(_WORK, where) // (4 * order**3))
    with one_thread(order <= _SMALL):
        found = _Barrier(*tensors).minimize(steps)
    if found is None:
        return None
    tau, weights = found
    weights = (tau / weights if turned else weights) * sizes[1] ** 2
    return weights if bool(np.isfinite(weights).all() and (weights > 0).all()) else None


class _Barrier:
    """F as a function of (τ, D), L with not more columns than rows; ``inner`` is [W Q], or W."""

    def __init__(self, linear: torch.Tensor, inner: torch.Tensor, outer: torch.Tensor) -> None:
        self.inner, self.size = inner, linear.shape[1]
        both = torch.cat([linear, outer], dim=1)
        self.fixed = -both.T @ both
        self.cut = torch.arange(self.size, len(self.fixed), device=inner.device)

    def factor(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, bool]:
        """Cholesky's factor of F at (τ, D), log det F, and whether F is positive definite."""
        matrix = self.fixed.clone()
        n, c, weights = self.size, self.inner.shape[1], x[1:]
        matrix[:c, :c] -= (self.inner.T * weights) @ self.inner
        matrix.diagonal()[:n] += x[0]
        matrix[self.cut, self.cut] += weights
        lower, info = torch.linalg.cholesky_ex(matrix)
        logs = 2 * torch.log(lower.diagonal().clamp_min(1e-300)).sum()
        inside = int(info) == 0 and bool((weights > 0).all()) and bool(torch.isfinite(logs))
        return lower, logs, inside

    def start(self) -> torch.Tensor | None:
        """A point well inside."""
        n, hidden = self.size, len(self.inner)
        norm = 2.0 * float(self.fixed[n:, n:].abs().sum(1).max())
        x = torch.full((hidden + 1,), norm, dtype=torch.float64, device=self.inner.device)
        if self.inner.shape[1] > n:
            # D − QᵀDQ: the weight of a unit outweighs those of the units that it reaches, by rows.
            reached = self.inner[:, n:]
            for _ in range(hidden):
                least = norm + 2.0 * reached.abs().T @ (x[1:] * reached.abs().sum(1))
                if bool((least <= x[1:]).all()):
                    break
                x[1:] = torch.maximum(x[1:], least)
        for _ in range(_HALVINGS):
            if self.factor(x)[2]:
                # Twice as far: away from the boundary.
                x[0] *= 2
                return x
            x[0] *= 2
        return None

    def newton(self, lower: torch.Tensor, mu: float) -> tuple[torch.Tensor, float]:
        """The Newton step for ``τ/μ − log det F``, and the squared decrement."""
        n, w, c = self.size, self.inner, self.inner.shape[1]
        inverse = torch.cholesky_inverse(lower)
        top, side, low = inverse[:n, :n], inverse[:n, n:], inverse[n:, n:]
        wt = w @ inverse[:c]
        p, q = wt[:, :c] @ w.T, wt[:, n:]
        count = len(w) + 1
        gradient = torch.empty(count, dtype=torch.float64, device=w.device)
        gradient[0] = 1 / mu - top.trace()
        gradient[1:] = p.diagonal() - low.diagonal()
        hessian = torch.empty((count, count), dtype=torch.float64, device=w.device)
        hessian[0, 0] = top.square().sum()
        hessian[0, 1:] = side.square().sum(0) - wt[:, :n].square().sum(1)
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

    def minimize(self, steps: int) -> tuple[float, FloatArray] | None:
        """τ and D after so many Newton steps at most; None where there is no start."""
        x = self.start()
        if x is None:
            return None
        order = len(self.fixed)
        mu = float(x[0]) / order
        taken = 0
        for stage in range(_STAGES):
            # A stage that is not done takes more steps, but leaves the later ones their own.
            share = steps * (stage + 1) / _STAGES
            for count in range(_MOST_STEPS):
                if taken >= steps or (count >= _STEPS and taken >= share):
                    break
                taken += 1
                lower, logs, _ = self.factor(x)
                step, fall = self.newton(lower, mu)
                moved = self.search(x, step, fall, float(x[0]) / mu - float(logs), mu)
                if moved is None:
                    break
                x = moved
                if fall < 0.1:
                    break
            if order * mu < _SETTLED * float(x[0]) or taken >= steps:
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
