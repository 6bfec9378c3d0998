"""The untrusted search for a certificate that an integer matrix is positive semidefinite."""

from __future__ import annotations

import math

import flint
import numpy as np

from lipbridge.certify.integers import centre, gram, leading
from lipbridge.certify.records import PsdCertificate

_ATTEMPTS = 12
# The share of the least eigenvalue that the multiple of the identity may take.
_SHARE = 0.7
_POWER_STEPS = 24


def certify_psd(matrix: flint.fmpz_mat) -> PsdCertificate | None:
    """Search for F = e²·LᵀL + d·I + E with |E_ij| ≤ ε and d ≥ k·ε, L as coarse as that allows.

    Args:
        matrix: F, symmetric, of order k.

    Returns:
        A certificate that `replay_psd` accepts; None where float64 finds none, which F need not be
        to blame for.

    Source: `PsdCertificate`.
    """
    k, (values, shift) = matrix.nrows(), leading(matrix)
    try:
        np.linalg.cholesky(values)
        least = _least(values)
        # From the last column on, so that L is lower triangular and its rows differ in front.
        lowered = (values - _SHARE * least * np.eye(k))[::-1, ::-1]
        upper = np.linalg.cholesky(lowered).T[::-1, ::-1]
    except np.linalg.LinAlgError:
        return None
    # In units of 2^shift; e² is 4^exponent.
    exponent = (math.floor(math.log2(least / k / math.sqrt(values.max()))) * 2 + shift) // 2
    for _ in range(_ATTEMPTS):
        if exponent < 0:
            return None
        rounded = np.rint(np.ldexp(upper, shift // 2 - exponent) * 2.0 ** (shift % 2 / 2))
        found = _claim(matrix, 1 << exponent, rounded)
        if found is not None:
            return found
        exponent -= 1
    return None


def _least(matrix: np.ndarray) -> float:
    """The least eigenvalue of a positive definite matrix, or a little more, in float64."""
    # A few products with the inverse, where all eigenvalues would take several times as long.
    inverse = np.linalg.inv(matrix)
    x, growth = np.random.default_rng(0).standard_normal(len(matrix)), 0.0
    for _ in range(_POWER_STEPS):
        x = inverse @ (x / np.linalg.norm(x))
        growth = float(np.linalg.norm(x))
    return 1 / growth


def _claim(matrix: flint.fmpz_mat, e: int, rounded: np.ndarray) -> PsdCertificate | None:
    """The certificate that a factor makes, if it makes one."""
    k = matrix.nrows()
    factor = [[int(x) for x in row] for row in rounded.tolist()]
    rest = matrix - gram(flint.fmpz_mat(factor)) * (e * e)
    low, _, epsilon = centre(rest)
    d = low + epsilon
    if d < k * epsilon:
        return None
    return PsdCertificate(e, d, epsilon, tuple(map(tuple, factor)))
