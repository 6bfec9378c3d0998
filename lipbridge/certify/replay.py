"""The exact check of a certificate: all is recomputed from the matrix, nothing is believed.

This is the Python counterpart of the Lean checker. It shares no code with the search except the
conversion of integer matrices and the Gram matrix; what is in float64 there is an integer below
2^53, and no rounding occurs.
"""

from __future__ import annotations

from typing import NoReturn

import flint

from lipbridge.certify.integers import at, extremes, from_rows, gram, identity, matrix_gram
from lipbridge.certify.records import CERTIFICATE_VERSION, PsdCertificate, SpectralCertificate
from lipbridge.errors import CertificateError, expect
from lipbridge.language.tensor import ExactMatrix

# Larger integers are shown by their size only: an error message is one line.
_SHOWN_BITS = 160


def replay(
    matrix: ExactMatrix, certificate: SpectralCertificate, *, weights_sha256: str | None = None
) -> None:
    """Establish c²·‖Wx‖² ≤ T·‖x‖² for all x in exact integer arithmetic, or raise.

    W holds the matrix's numerators. Returning means proved; the bound is rounded nowhere. What is
    proved is the claim as it stands: a certificate whose T was raised a little, or whose L was
    changed so little that E stays within ε, is another valid witness and is accepted.

    Args:
        matrix: the matrix that the certificate is about.
        certificate: the claim and its witness.
        weights_sha256: the digest to expect; by default the matrix's own.

    Raises:
        CertificateError: naming the first condition that fails, with indices and values.

    Source: `PsdCertificate` for F = T·I − c²·VᵀV, and ‖W‖ = ‖Wᵀ‖; Lean ``NormBound``.
    """
    expect(matrix, ExactMatrix, "an ExactMatrix")
    expect(certificate, SpectralCertificate, "a SpectralCertificate")
    where = f"certificate of {certificate.tensor!r}"
    expected_digest = matrix.sha256 if weights_sha256 is None else weights_sha256
    for what, found, wanted in (
        ("version", certificate.version, CERTIFICATE_VERSION),
        ("tensor name", certificate.tensor, matrix.name),
        ("number of rows", certificate.rows, matrix.rows),
        ("number of columns", certificate.cols, matrix.cols),
        ("denominator", certificate.denominator, matrix.denominator),
        ("weights_sha256", certificate.weights_sha256, expected_digest),
        ("transpose", certificate.transpose, matrix.cols > matrix.rows),
    ):
        # type() too: True == 1 in Python, and the record may have been built by hand.
        if found != wanted or type(found) is not type(wanted):
            _reject(where, f"{what} is {_show(found)}, but the matrix calls for {_show(wanted)}")
    for what, scale in (("c", certificate.c), ("e", certificate.e)):
        if scale < 1 or scale & (scale - 1):
            _reject(where, f"{what} = {_show(scale)} is not a power of two")
    k = certificate.size
    claim = identity(k, certificate.T) - matrix_gram(matrix) * (certificate.c**2)
    replay_psd(claim, certificate, where=where)
    # Of a matrix near 0. Lean subtracts natural numbers.
    if certificate.d > certificate.T:
        _reject(where, f"d = {_show(certificate.d)} exceeds T = {_show(certificate.T)}")


def replay_psd(matrix: flint.fmpz_mat, certificate: PsdCertificate, *, where: str = "") -> None:
    """Establish xᵀFx ≥ 0 for all x in exact integer arithmetic, or raise.

    Args:
        matrix: F, integer, of order k.
        certificate: the witness F = e²·LᵀL + d·I + E, |E_ij| ≤ ε, d ≥ k·ε.
        where: put at the front of an error message.

    Raises:
        CertificateError: naming the first condition that fails, with indices and values.

    Source: `PsdCertificate`.
    """
    where = where or "certificate of positive semidefiniteness"
    k = matrix.nrows()
    if matrix.ncols() != k:
        _reject(where, f"F is {k}×{matrix.ncols()}, not square")
    if len(certificate.L) != k:
        _reject(where, f"L has {len(certificate.L)} rows, not k = {k}")
    for i, row in enumerate(certificate.L):
        if len(row) != k:
            _reject(where, f"L[{i}] has {len(row)} entries, not k = {k}")
    e, d, epsilon = certificate.e, certificate.d, certificate.epsilon
    if e < 1:
        _reject(where, f"e = {_show(e)} is not positive")
    if epsilon < 0:
        _reject(where, f"epsilon = {_show(epsilon)} is negative")
    if d < k * epsilon:
        _reject(where, f"d = {_show(d)} is below k·epsilon = {k}·{_show(epsilon)}")
    factor = from_rows(certificate.L)
    remainder = matrix - gram(factor) * (e * e) - identity(k, d)
    least, greatest = extremes(remainder)
    if -epsilon <= least and greatest <= epsilon:
        return
    for i in range(k):
        for j in range(k):
            entry = at(remainder, i, j)
            if not -epsilon <= entry <= epsilon:
                _reject(
                    where,
                    f"E[{i},{j}] = {_show(entry)} exceeds epsilon = {_show(epsilon)} in size",
                )
    raise AssertionError("the extremes of E are not among its entries")


def _reject(where: str, reason: str) -> NoReturn:
    raise CertificateError(f"{where}: {reason}; derive it again from the weights")


def _show(n: int | str) -> str:
    if isinstance(n, str) or n.bit_length() <= _SHOWN_BITS:
        return repr(n)
    return f"{'-' if n < 0 else ''}[{n.bit_length()} bits: 0x{abs(n) >> (n.bit_length() - 64):x}…]"
