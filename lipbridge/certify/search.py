"""The untrusted search for a certificate: float64 proposes a factor, integers make it a claim.

Nothing here needs to be right for a certificate to be right: `lipbridge.certify.claim` makes every
proposal valid, and `lipbridge.certify.replay` checks it without looking here. A poor proposal only
costs tightness or digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import flint
import numpy as np
import numpy.typing as npt

from lipbridge.certify.claim import Claim, claim
from lipbridge.certify.integers import leading, matrix_gram
from lipbridge.certify.records import NormBound, SpectralCertificate
from lipbridge.certify.refine import refine
from lipbridge.errors import InputError, expect
from lipbridge.language.tensor import ExactMatrix

FloatArray = npt.NDArray[np.float64]

# Beyond this order the full spectrum costs more than subspace iteration.
_DENSE_EIGEN_ORDER = 2048
# float64 factors are accurate to about this (relative to σ²); finer slacks go to `refine`.
_FLOAT_FLOOR = 1e-13
_MAX_FACTOR_ATTEMPTS = 12
# The integer factorization of `refine` takes k³/3 steps in Python.
_REFINE_ORDER = 512
# Subspace iteration: vectors at once, and steps at most.
_BLOCK = 24
_SUBSPACE_STEPS = 300
_DIGEST = re.compile(r"[0-9a-f]{64}")


def certify_matrix(
    matrix: ExactMatrix,
    *,
    weights_sha256: str = "",
    slack: float = 1e-6,
) -> SpectralCertificate:
    """Search for a certificate that σ_max(W)² ≤ T/c², W the numerators of the matrix.

    The result is valid whatever happens; √T/c exceeds σ_max by less than ``slack`` (relative).
    Half of it is aimed at, and L is as coarse as that allows. Zero matrices, single rows and
    matrices with orthogonal columns of equal norm get the exact value. Slacks that float64 cannot
    resolve (below about 1e-12) are met in integers up to order 512; beyond it they are missed, and
    the best valid certificate found is returned.

    Args:
        matrix: any exact matrix; entries may have hundreds of bits.
        weights_sha256: a SHA-256 to record; by default the matrix's own.
        slack: largest relative excess over σ_max, 0 < slack < 1.

    Returns:
        A certificate that `replay` accepts.

    Raises:
        InputError: slack is out of range, or the digest is not a SHA-256.

    Source: Cholesky factor of the shifted matrix, rounded; see `SpectralCertificate`.
    """
    expect(matrix, ExactMatrix, "an ExactMatrix")
    if not 0 < slack < 1:
        raise InputError(f"slack = {slack} is not between 0 and 1")
    if weights_sha256 and not _DIGEST.fullmatch(weights_sha256):
        raise InputError(f"weights_sha256 = {weights_sha256!r} is not 64 lower-case hex digits")
    g = matrix_gram(matrix)
    best = _search(g, slack)
    factor = tuple(tuple(int(x) for x in row) for row in best.factor.tolist())
    bound = NormBound(best.e, best.d, best.epsilon, factor, c=best.c, T=best.T)
    return bound.certificate(matrix, weights_sha256)


def _search(g: flint.fmpz_mat, slack: float) -> Claim:
    k = g.nrows()
    zero = claim(g, 1, 1, flint.fmpz_mat(k, k))
    if zero.T == 0 or k == 1:
        return zero
    scaled, exponent = leading(g)
    top = _largest_eigenvalue(scaled)
    estimate = flint.fmpq(*top.as_integer_ratio()) * flint.fmpq(2) ** exponent
    if zero.excess(estimate) <= slack / 2:
        return zero
    best = zero
    for proposal in _proposals(scaled / top, estimate, slack):
        found = claim(g, *proposal)
        if found.excess(estimate) < best.excess(estimate):
            best = found
        if best.excess(estimate) <= 0.6 * slack:
            return best
    if best.excess(estimate) <= slack or k > _REFINE_ORDER:
        return best
    return refine(g, estimate, slack, best)


def _largest_eigenvalue(a: FloatArray) -> float:
    """Estimate the largest eigenvalue of a symmetric matrix, in either direction."""
    k = a.shape[0]
    if k <= _DENSE_EIGEN_ORDER:
        return float(np.linalg.eigvalsh(a)[-1])
    image = a @ np.random.default_rng(0).standard_normal((k, _BLOCK))
    value = 0.0
    for _ in range(_SUBSPACE_STEPS):
        block = np.linalg.qr(image)[0]
        image = a @ block
        previous, value = value, float(np.linalg.eigvalsh(block.T @ image)[-1])
        if value - previous <= 1e-9 * value:
            break
    return value


def _proposals(
    a: FloatArray, sigma_squared: flint.fmpq, slack: float
) -> Iterator[tuple[int, int, flint.fmpz_mat]]:
    """Yield (c, e, L), coarsest first, that should meet the slack; a has largest eigenvalue 1."""
    k = a.shape[0]
    # In units of σ², (1 + slack/2)² ≈ 1 + slack: shared by the shift of the spectrum and by k·ε.
    budget = slack
    shift = max(budget / 64, 4 * k * 2.0**-53)
    if shift > budget / 8 or budget / k < _FLOAT_FLOOR:
        return
    root = _cholesky(a, shift)
    if root is None:
        return
    upper, shift = root
    target = (1.0 + shift) * np.eye(k) - a
    # Rounding L to multiples of h leaves entries of about h in E; begin too coarse, then halve.
    # Within 1 of log2 σ.
    half_bits = (int(sigma_squared.p).bit_length() - int(sigma_squared.q).bit_length()) // 2
    step = 4.0 * budget / k
    for _ in range(_MAX_FACTOR_ATTEMPTS):
        c, e, h = _scales(step, sigma_squared, half_bits)
        rounded = np.rint(upper / h)
        remainder = target - h * h * (rounded.T @ rounded)
        if shift + _predicted_loss(remainder) <= budget:
            yield c, e, flint.fmpz_mat([[int(x) for x in row] for row in rounded.tolist()])
        step /= 2.0


def _predicted_loss(remainder: FloatArray) -> float:
    """Estimate kε plus the move of t that `claim` will make."""
    k = remainder.shape[0]
    diagonal = np.diag(remainder).copy()
    off = np.abs(remainder)
    off[np.diag_indices(k)] = 0.0
    epsilon = max(float(off.max()), float(diagonal.max() - diagonal.min()) / 2)
    return (k - 1) * epsilon - float(diagonal.min())


def _cholesky(a: FloatArray, shift: float) -> tuple[FloatArray, float] | None:
    """Factor (1 + shift)·I − a as RᵀR, R lower triangular; raise the shift until that succeeds.

    The factor is made from the last column on: the kernel finds numbers in its cache by their
    lowest 64 bits, which are the first columns, and those should differ from row to row.
    """
    k = a.shape[0]
    for _ in range(_MAX_FACTOR_ATTEMPTS):
        try:
            lower = np.linalg.cholesky(((1.0 + shift) * np.eye(k) - a)[::-1, ::-1])
        except np.linalg.LinAlgError:
            shift *= 4.0
        else:
            return lower.T[::-1, ::-1].astype(np.float64), shift
    return None


def _scales(step: float, sigma_squared: flint.fmpq, half_bits: int) -> tuple[int, int, float]:
    """Return powers of two c, e and h = e/(cσ) ≤ step, the least c that leaves e ≥ 1."""
    mantissa = sigma_squared / flint.fmpq(4) ** half_bits
    sigma = float(np.sqrt(int(mantissa.p) / int(mantissa.q)))
    exponent = int(np.floor(np.log2(step * sigma))) + half_bits
    h = float(2.0 ** (exponent - half_bits)) / sigma
    return (1, 1 << exponent, h) if exponent >= 0 else (1 << -exponent, 1, h)
