"""The search beyond float64: an integer Cholesky factorization of any precision.

Needed only for slacks below what float64 resolves. Untrusted, like all of the search.
"""

from __future__ import annotations

import math

import flint
import numpy as np
import numpy.typing as npt

from lipbridge.certify.claim import Claim, claim
from lipbridge.certify.integers import leading

_ATTEMPTS = 8
_RAYLEIGH_STEPS = 6


def refine(g: flint.fmpz_mat, estimate: flint.fmpq, slack: float, best: Claim) -> Claim:
    """Improve on a claim until it is within slack of a Rayleigh quotient, or attempts run out.

    Args:
        g: the Gram matrix VᵀV, nonzero, order k.
        estimate: its largest eigenvalue, roughly.
        slack: relative excess of √T/c over σ that is asked for.
        best: a valid claim to fall back on.

    Returns:
        A valid claim, no looser than ``best``.
    """
    k = g.nrows()
    lower = _rayleigh(g, estimate, slack)
    goal = flint.fmpq(*slack.as_integer_ratio())
    shift = goal / 16
    for _ in range(_ATTEMPTS):
        if best.excess(lower) <= 0.6 * slack:
            break
        found = _factor_claim(g, lower, shift, goal / (4 * k))
        if found is None:
            shift *= 4
        else:
            best = min(best, found, key=lambda x: flint.fmpq(x.T, x.c**2))
            goal /= 4
            shift = goal / 16
    return best


def _rayleigh(g: flint.fmpz_mat, estimate: flint.fmpq, slack: float) -> flint.fmpq:
    """Return a Rayleigh quotient of G, so a lower bound on σ², by Rayleigh quotient iteration."""
    k = g.nrows()
    bits = 64 + 2 * max(53, math.ceil(-math.log2(slack))) + 2 * k.bit_length()
    vector = np.linalg.eigh(leading(g)[0])[1][:, -1]
    x = flint.fmpz_mat(k, 1, [int(y) for y in np.rint(vector * 2.0**52)])
    value = _quotient(g, x)
    for _ in range(_RAYLEIGH_STEPS):
        mu = max(value, estimate) if value < estimate * flint.fmpq(999, 1000) else value
        previous = value
        x = _inverse_step(g, mu, x, bits)
        if x is None:
            break
        value = max(value, _quotient(g, x))
        if (value - previous) * 10**6 <= value * flint.fmpq(*slack.as_integer_ratio()):
            break
    return value


def _quotient(g: flint.fmpz_mat, x: flint.fmpz_mat) -> flint.fmpq:
    top = (x.transpose() * g * x)[0, 0]
    return flint.fmpq(top, (x.transpose() * x)[0, 0])


def _inverse_step(
    g: flint.fmpz_mat, mu: flint.fmpq, x: flint.fmpz_mat, bits: int
) -> flint.fmpz_mat | None:
    """Solve (G − μI)y = x to the given precision and round y to integers; None if that fails."""
    k = g.nrows()
    with flint.ctx.workprec(bits):
        shifted = flint.arb_mat(g)
        ball = flint.arb(mu)
        for i in range(k):
            shifted[i, i] = shifted[i, i] - ball
        try:
            y = shifted.mid().solve(flint.arb_mat(x))
        except (ZeroDivisionError, ValueError):
            return None
        return flint.fmpz_mat(k, 1, _round([entry.mid() for entry in y.entries()], bits // 2))


def _round(entries: list[flint.arb], bits: int) -> list[int]:
    """Scale numbers so that the largest has about ``bits`` bits, and round to integers."""
    fractions = [entry.fmpq() for entry in entries]
    largest = max(abs(x) for x in fractions)
    return [int((x * (1 << bits) / largest).floor()) for x in fractions]


def _factor_claim(
    g: flint.fmpz_mat, sigma_squared: flint.fmpq, shift: flint.fmpq, step: flint.fmpq
) -> Claim | None:
    """Factor c²((1 + shift)σ²·I − G) in integers, rows rounded to multiples of e ≈ step·cσ."""
    k = g.nrows()
    # e²/c² ≤ step²·σ², both powers of two.
    unit = step * step * sigma_squared
    exponent = (int(unit.p).bit_length() - int(unit.q).bit_length() - 1) // 2
    c, e = (1, 1 << exponent) if exponent >= 0 else (1 << -exponent, 1)
    t = int((sigma_squared * (1 + shift) * c**2).ceil())
    a = np.array([int(x) for x in g.entries()], dtype=object).reshape(k, k) * (-c * c)
    a[np.diag_indices(k)] += t
    factor = _integer_cholesky(a, e)
    return None if factor is None else claim(g, c, e, flint.fmpz_mat(factor.tolist()))


def _integer_cholesky(a: npt.NDArray[np.object_], e: int) -> npt.NDArray[np.object_] | None:
    """Return integer upper triangular L with e²·LᵀL ≈ a, or None if a pivot is not positive.

    Each row is rounded before it is eliminated, so that later rows make up for its rounding: the
    remainder in row i is that of row i alone, about e·√a_ii.
    """
    k = a.shape[0]
    factor = np.full((k, k), 0, dtype=object)
    square = e * e
    for i in range(k):
        pivot = int(a[i, i])
        if pivot <= 0:
            return None
        root = math.isqrt(pivot // square)
        if root == 0:
            # Too small for the unit: leave the row to the remainder.
            continue
        factor[i, i] = root
        if i + 1 == k:
            break
        divisor = square * root
        row = (2 * a[i, i + 1 :] + divisor) // (2 * divisor)
        factor[i, i + 1 :] = row
        a[i + 1 :, i + 1 :] -= square * np.outer(row, row)
    return factor
