r"""Weights of the hidden units of one layer that make the LipSDP bound of one score small.

For slopes in [0, 1] the squared constant of ``x ↦ ⟨v, φ(U x)⟩`` is at most
``(s∘v)ᵀ (2·diag(s) − K)⁻¹ (s∘v)``, K = UUᵀ, for every s > 0 that makes the matrix positive
definite, and LipSDP-Neuron is the least of these. The function is convex in s, and with the
solution u its gradient is ``2u∘(v − u)`` and its Hessian ``2·diag(v − 2u)·(2·diag(s) −
K)⁻¹·diag(v − 2u)``, so that a few dozen Newton steps with the barrier ``−μ·log det`` find it: a
Cholesky factor, an inverse and a solution each, for several rows at once. Nothing is trusted.

Source: M. Fazlyab et al. (2019), LipSDP-Neuron, by a Schur complement.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.numeric.devices import choose_device, one_thread, search_work

FloatArray = npt.NDArray[np.float64]

_STAGES, _STEPS, _HALVINGS = 20, 8, 30
_SHRINK = 0.1
# When the barrier may cost so much of the squared constant, relatively, it has done its part.
_SETTLED = 1e-4
# Numbers of all matrices of a batch on a device other than the CPU.
_BATCH = 1 << 26
_SMALL = 512
# Multiplications of a search, some minutes of a processor.
_WORK = 1 << 42


def row_values(gram: FloatArray, row: FloatArray, weights: FloatArray) -> list[float | None]:
    """``(s∘v)ᵀ (2·diag(s) − K)⁻¹ (s∘v)`` in float64.

    Args:
        gram: K, shape (h, h).
        row: v, shape (h,).
        weights: s, several of them, shape (m, h).

    Returns:
        One value for each s; None where the matrix is not positive definite.
    """
    k, v = torch.tensor(gram), torch.tensor(row)
    found: list[float | None] = []
    for s in torch.tensor(weights):
        lower, info = torch.linalg.cholesky_ex(torch.diag(2 * s) - k)
        half = torch.linalg.solve_triangular(lower, (s * v)[:, None], upper=False)
        value = float(half.square().sum())
        found.append(value if not int(info) and np.isfinite(value) else None)
    return found


def row_weights(gram: FloatArray, rows: FloatArray, *, device: str = "auto") -> FloatArray | None:
    """Minimize ``(s∘v)ᵀ (2·diag(s) − K)⁻¹ (s∘v)`` over s > 0 for every row v.

    Args:
        gram: K, shape (h, h).
        rows: shape (m, h).
        device: where to compute.

    Returns:
        s for every row, shape (m, h), valid up to rounding; None for numbers beyond float64.
    """
    if not (np.isfinite(gram).all() and np.isfinite(rows).all() and gram.any()):
        return None
    where = choose_device(device).device
    order = rows.shape[1]
    small = where.type == "cpu" and order <= _SMALL
    batch = 1 if where.type == "cpu" else max(1, _BATCH // order**2)
    # A step takes two factors, an inverse and a Hessian.
    steps = max(1, search_work(_WORK, where) // (4 * len(rows) * order**3))
    # Each thread has a row of its own.
    with one_thread(small) as threads:
        k = torch.tensor(gram, dtype=torch.float64, device=where)
        v = torch.tensor(rows, dtype=torch.float64, device=where)
        # Well inside: 2·‖K‖ − K is at least ‖K‖.
        start = float(torch.linalg.eigvalsh(k)[-1])

        def minimize(part: torch.Tensor) -> torch.Tensor:
            return _Search(k, part, start).minimize(steps)

        with ThreadPoolExecutor(threads if small else 1) as pool:
            found = list(pool.map(minimize, v.split(batch)))
    weights = torch.cat(found).cpu().numpy()
    return weights if bool(np.isfinite(weights).all()) else None


class _Search:
    """Rows v of one layer, with a factor of ``2·diag(s) − K`` and u for each."""

    def __init__(self, gram: torch.Tensor, rows: torch.Tensor, start: float) -> None:
        self.gram, self.rows = gram, rows
        self.start = torch.full_like(rows, start)
        self.cut = torch.arange(len(gram), device=gram.device)

    def factor(self, s: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """The factor, u, and whether the matrix is positive definite."""
        matrix = -self.gram.expand(len(s), -1, -1).clone()
        matrix[:, self.cut, self.cut] += 2 * s
        lower, info = torch.linalg.cholesky_ex(matrix)
        u = torch.cholesky_solve((s * self.rows)[..., None], lower)[..., 0]
        return lower, u, (info == 0) & (s > 0).all(1) & torch.isfinite(u).all(1)

    def value(
        self, s: torch.Tensor, mu: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """The barrier function, the factor and u; infinite outside."""
        lower, u, inside = self.factor(s)
        logs = torch.log(torch.diagonal(lower, dim1=1, dim2=2).clamp_min(1e-300)).sum(1)
        value = (s * self.rows * u).sum(1) - 2 * mu * logs
        return torch.where(inside, value, torch.inf), lower, u

    def minimize(self, steps: int) -> torch.Tensor:
        """The weights of every row, after so many Newton steps at most."""
        s = self.start
        lower, u, _ = self.factor(s)
        mu = (s * self.rows * u).sum(1).clamp_min(1e-300) / len(self.gram)
        for _ in range(_STAGES):
            value, lower, u = self.value(s, mu)
            for _ in range(min(_STEPS, steps)):
                steps -= 1
                step, fall = self.newton(lower, u, mu)
                s, value, lower, u = self.search(s, step, fall, value, lower, u, mu)
                if bool((fall < 0.3 * mu).all()):
                    break
            known = (s * self.rows * u).sum(1)
            if bool((2 * mu * len(self.gram) < _SETTLED * known).all()):
                break
            if not steps:
                break
            mu = mu * _SHRINK
        return s

    def newton(
        self, lower: torch.Tensor, u: torch.Tensor, mu: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """A Newton step and how far it falls at first order; no step where there is none."""
        inverse = torch.cholesky_inverse(lower)
        r = self.rows - 2 * u
        gradient = 2 * u * (self.rows - u)
        gradient = gradient - 2 * mu[:, None] * torch.diagonal(inverse, dim1=1, dim2=2)
        hessian = 2 * r[:, :, None] * inverse * r[:, None, :]
        hessian = hessian + 4 * mu[:, None, None] * inverse.square()
        hessian[:, self.cut, self.cut] *= 1 + 1e-9
        half, info = torch.linalg.cholesky_ex(hessian)
        step = -torch.cholesky_solve(gradient[..., None], half)[..., 0]
        good = (info == 0) & torch.isfinite(step).all(1)
        step = torch.where(good[:, None], step, torch.zeros_like(step))
        return step, -(gradient * step).sum(1)

    def search(
        self,
        s: torch.Tensor,
        step: torch.Tensor,
        fall: torch.Tensor,
        value: torch.Tensor,
        lower: torch.Tensor,
        u: torch.Tensor,
        mu: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Go along the step as far as the function falls, by halving."""
        length = torch.ones_like(mu)
        for _ in range(_HALVINGS):
            moved = s + length[:, None] * step
            found, new_lower, new_u = self.value(moved, mu)
            good = found <= value - 0.1 * length * fall + 1e-12 * value.abs()
            if bool(good.all()):
                return moved, found, new_lower, new_u
            length = torch.where(good, length, length / 2)
        # Some rows have nowhere to go; the last halvings leave them where they are.
        moved = s + torch.where(length > 0.5**_HALVINGS, length, 0.0)[:, None] * step
        return moved, *self.value(moved, mu)
