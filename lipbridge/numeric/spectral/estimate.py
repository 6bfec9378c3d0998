"""Estimates of the largest eigenvalue of float64 Gram matrices, with deterministic starts.

Nothing here is rigorous: the estimate only chooses the shift that ``cholesky`` then proves or
refutes. A good estimate means one factorization and little slack.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from lipbridge.numeric.rounding import UNIT
from lipbridge.numeric.spectral.gram import HOST_ABOVE
from lipbridge.numeric.spectral.subspace import Estimate, top_ritz

# Up to this size a whole batch is squared faster than one matrix is iterated on.
_SQUARING_CUDA = 512
_SQUARINGS = 30
_FIRST_LOOK = 24
_LOOK_EVERY = 12
_MAX_STEPS = 400
# Where float32 stops, and the steps in float64 that follow.
_COARSE = 1e-7
_FINISH = 6


def estimate_top(matrices: torch.Tensor, tolerance: float) -> list[Estimate]:
    """Estimate ``λ_max`` of each symmetric positive-semidefinite matrix.

    Args:
        matrices: float64, shape (batch, k, k).
        tolerance: relative accuracy that is worth having; more is not sought.

    Returns:
        One estimate a matrix.
    """
    try:
        return _dispatch(matrices, tolerance)
    except (RuntimeError, np.linalg.LinAlgError) as error:
        if isinstance(error, torch.OutOfMemoryError):
            raise
        # An eigenvalue routine gave up; the trace is never too small, and never a failure.
        return [Estimate(t, 0.0, None) for t in matrices.diagonal(dim1=1, dim2=2).sum(1).tolist()]


def _dispatch(matrices: torch.Tensor, tolerance: float) -> list[Estimate]:
    size = matrices.shape[-1]
    if matrices.device.type == "cpu" and size <= HOST_ABOVE:
        values = torch.linalg.eigvalsh(matrices)[:, -1].tolist()
        return [Estimate(value, 8 * size * float(UNIT), None) for value in values]
    if matrices.device.type != "cpu" and size <= _SQUARING_CUDA:
        return _by_squaring(matrices)
    if matrices.device.type == "cpu":
        return [_lanczos(matrix, tolerance) for matrix in matrices]
    return [top_ritz(matrix, tolerance) for matrix in matrices]


def _by_squaring(matrices: torch.Tensor) -> list[Estimate]:
    """Rayleigh quotient of the largest column of G^(2^t): few launches for a whole batch."""
    power = matrices / _norms(matrices)
    for count in range(_SQUARINGS):
        power = power @ power
        if count % 3 == 2:  # ‖G‖₂ ≥ ‖G‖_F/√k, so that three squarings cannot underflow
            power = power / _norms(power)
    top = power.diagonal(dim1=1, dim2=2).argmax(1)
    columns = power[torch.arange(len(top), device=top.device), :, top]
    image = (matrices @ columns[:, :, None])[:, :, 0]
    square = (columns * columns).sum(1)
    rayleigh = (columns * image).sum(1) / square
    residual = (image - rayleigh[:, None] * columns).norm(dim=1) / square.sqrt()
    values, misses = rayleigh.tolist(), (residual / rayleigh).tolist()
    return [
        Estimate(value, min(miss, 2.0**-28), vector)
        for value, miss, vector in zip(values, misses, columns.unbind(0), strict=True)
    ]


def _norms(matrices: torch.Tensor) -> torch.Tensor:
    return matrices.flatten(1).norm(dim=1)[:, None, None]


def _lanczos(matrix: torch.Tensor, tolerance: float) -> Estimate:
    """Lanczos in numpy, for the reason given in ``cpu_blas``: float32 comes near, float64 finishes.

    Half as much memory is read twice as fast. What float32 cannot see is told apart by the few
    steps in float64 from its vector, which holds next to nothing of all that is well below the top.
    """
    operator: Any = matrix.numpy()
    start = np.random.default_rng(0).standard_normal(len(operator))
    coarse = max(tolerance, _COARSE)
    near = _krylov(operator.astype(np.float32), start.astype(np.float32), coarse, _FIRST_LOOK)
    # A value that is not positive has no vector worth starting from.
    _, error, vector = near
    found = math.isfinite(error)
    start = vector.astype(np.float64) if found else start
    value, error, vector = _krylov(operator, start, tolerance, _FINISH if found else _FIRST_LOOK)
    return Estimate(value, error, torch.from_numpy(vector))


def _krylov(
    operator: Any, start: Any, tolerance: float, first_look: int
) -> tuple[float, float, Any]:
    """The top Ritz value, the guess of its relative error, and its vector, by Lanczos.

    With full reorthogonalization, in the operator's precision.
    It looks at the Ritz values after ``first_look`` steps, then every dozen.
    """
    size, kind = len(operator), operator.dtype
    limit = min(size, _MAX_STEPS)
    basis: Any = np.zeros((limit + 1, size), kind)
    entries: Any = np.zeros((2, limit))
    basis[0] = start / np.linalg.norm(start)
    for step in range(limit):
        image = operator @ basis[step]
        known = basis[: step + 1]
        first = known @ image
        image -= first @ known
        image -= (known @ image) @ known
        length = float(np.linalg.norm(image))
        entries[0, step], entries[1, step] = first[step], length
        np.divide(image, max(length, float(np.finfo(kind).tiny)), out=basis[step + 1])
        done = step + 1
        if done == limit or (done >= first_look and (done - first_look) % _LOOK_EVERY == 0):
            value, error, coordinates = _ritz(entries[:, :done], float(np.finfo(kind).eps))
            if error <= tolerance or done == limit:
                vector = coordinates.astype(kind) @ basis[: len(coordinates)]
                return value, error, vector
    raise AssertionError("the loop returns at its limit")


def _ritz(entries: np.ndarray, unit: float) -> tuple[float, float, np.ndarray]:
    """Top Ritz value of a tridiagonal matrix, its likely relative error, its coordinates."""
    diagonal, off = entries
    # Past a breakdown (an invariant subspace was found) the basis holds rounding noise.
    broken = np.flatnonzero(off <= len(off) * 50 * unit * np.abs(diagonal).max())
    if len(broken):
        diagonal, off = diagonal[: broken[0] + 1], off[: broken[0] + 1]
    tri = np.diag(diagonal) + np.diag(off[:-1], 1) + np.diag(off[:-1], -1)
    values, vectors = np.linalg.eigh(tri)
    top = float(values[-1])
    if not math.isfinite(top) or top <= 0.0:
        return max(top, 0.0), math.inf, vectors[:, -1]
    residual = abs(float(off[-1] * vectors[-1, -1]))
    gap = float(values[-1] - values[-2]) if len(values) > 1 else top
    # Quadratic convergence once separated; the factor covers a gap that is still shrinking.
    miss = min(residual, 8.0 * residual * residual / gap if gap > 0 else residual)
    return top, miss / top, np.ascontiguousarray(vectors[:, -1])
