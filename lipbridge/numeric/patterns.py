r"""Activation patterns of a hidden layer under which ``V diag(s) U`` is large; untrusted.

Where every unit is on or off around a point, the slope of ``x ↦ V relu(U x + b)`` is
``‖V diag(s) U‖``, s the pattern. Gradients do not lead from one pattern to another; turning single
units on and off does.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_RESTARTS = 4
_ROUNDS = 100
_SAMPLES = 512
# Units times squared outputs of one pass over all units.
_MAX_FLIPS = 1 << 22


def steep_pattern(
    u: FloatArray, v: FloatArray, *, seed: int = 0
) -> tuple[FloatArray, FloatArray] | None:
    """Find a pattern and a point at which it occurs.

    Args:
        u: U, shape (k, n).
        v: V, shape (m, k).
        seed: another one starts elsewhere.

    Returns:
        The pattern s, 0 or 1 in each of k units, and a direction x in which ``(U x)_i`` has its
        sign, far from 0 in every unit; None where none is found. Any pattern occurs where the rows
        of U are independent; where they are not, those of random points are tried.
    """
    rng = np.random.default_rng(seed)
    units, inputs = u.shape
    if units <= inputs:
        inverse = np.linalg.pinv(u)
        if np.allclose(u @ inverse, np.eye(units), atol=1e-6):
            pattern = _climb(u @ u.T, v, rng)
            return pattern, inverse @ (2 * pattern - 1)
    points = rng.standard_normal((_SAMPLES, inputs))
    signs = (points @ u.T > 0).astype(np.float64)
    gram = u @ u.T
    best = max(range(_SAMPLES), key=lambda i: _square(gram, v * signs[i]))
    return signs[best], points[best]


def _square(gram: FloatArray, scaled: FloatArray) -> float:
    """``‖V diag(s) U‖²``, from ``U Uᵀ`` and ``V diag(s)``."""
    return float(np.linalg.eigvalsh(scaled @ gram @ scaled.T)[-1])


def _climb(gram: FloatArray, v: FloatArray, rng: np.random.Generator) -> FloatArray:
    """The best pattern found by letting all units follow their gain, then one by one."""
    best, found = -1.0, np.ones(len(gram))
    for restart in range(_RESTARTS):
        s = np.ones(len(gram)) if restart == 0 else (rng.random(len(gram)) < 0.7).astype(float)
        value = _square(gram, v * s)
        for _ in range(_ROUNDS):
            scaled = v * s
            left = np.linalg.eigh(scaled @ gram @ scaled.T)[1][:, -1]
            moved = ((v.T @ left) * (gram @ (scaled.T @ left)) > 0).astype(float)
            after = _square(gram, v * moved)
            if after <= value:
                break
            s, value = moved, after
        if len(gram) * len(v) ** 2 <= _MAX_FLIPS:
            s, value = _flips(gram, v, s, value, rng)
        if value > best:
            best, found = value, s
    return found


def _flips(
    gram: FloatArray, v: FloatArray, s: FloatArray, value: float, rng: np.random.Generator
) -> tuple[FloatArray, float]:
    """Turn single units on or off while that helps."""
    s = s.copy()
    scaled = v * s
    square = scaled @ gram @ scaled.T
    improved = True
    while improved:
        improved = False
        for i in rng.permutation(len(s)):
            change = v[:, i] * (1 - 2 * s[i])
            side = np.outer(scaled @ gram[:, i], change)
            moved = square + side + side.T + gram[i, i] * np.outer(change, change)
            after = float(np.linalg.eigvalsh(moved)[-1])
            if after > value * (1 + 1e-9):
                s[i], value, square, improved = 1 - s[i], after, moved, True
                scaled = v * s
    return s, value
