"""The records of the certify stage, whose fields are their format; checked nowhere else.

A record is a *claim with its witness*. Building one proves nothing; `lipbridge.certify.replay`
decides whether exact arithmetic establishes it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

import msgspec

from lipbridge.language.tensor import ExactMatrix

CERTIFICATE_VERSION = 2

Rows = tuple[tuple[int, ...], ...]
_Dimension = Annotated[int, msgspec.Meta(ge=1, le=1 << 20)]


class PsdCertificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A witness that an integer k×k matrix F is positive semidefinite, whatever F comes from.

    F = e²·LᵀL + d·I + E with every |E_ij| ≤ ε and d ≥ k·ε, hence for all x
    xᵀFx = e²·‖Lx‖² + d·‖x‖² + xᵀEx ≥ (d − kε)·‖x‖² ≥ 0. F need not be symmetric.

    Args:
        e: scale of the factor, ≥ 1.
        d: multiple of the identity, ≥ 0.
        epsilon: bound on the remainder E, entry by entry, ≥ 0.
        L: k rows of k integers.

    Source: E_ij·x_i·x_j ≥ −ε·(x_i² + x_j²)/2.
    """

    e: int
    d: int
    epsilon: int
    L: Rows


class NormBound(PsdCertificate, frozen=True, kw_only=True):
    """A bound of σ(W)² with its witness, without what the integer matrix W itself says.

    With V = W, or Wᵀ if W is wider than high, the integer matrix F = T·I − c²·VᵀV is positive
    semidefinite.

    Args:
        c: scale of W, a power of two; so is e.
        T: the bound: σ_max(W)² ≤ T/c².
    """

    c: int
    T: int

    def certificate(self, matrix: ExactMatrix, sha256: str = "") -> SpectralCertificate:
        """The certificate of a matrix, which nothing has checked.

        Args:
            matrix: the matrix; W holds its numerators.
            sha256: another digest than its own.
        """
        return SpectralCertificate(
            self.e,
            self.d,
            self.epsilon,
            self.L,
            c=self.c,
            T=self.T,
            tensor=matrix.name,
            rows=matrix.rows,
            cols=matrix.cols,
            denominator=matrix.denominator,
            transpose=matrix.cols > matrix.rows,
            version=CERTIFICATE_VERSION,
            weights_sha256=sha256 or matrix.sha256,
        )

    @property
    def sigma_squared(self) -> Fraction:
        """Upper bound T/c² on σ_max(W)², W the integer matrix."""
        return Fraction(self.T, self.c**2)


class SpectralCertificate(NormBound, frozen=True, kw_only=True):
    """A witness that c²·‖Wx‖² ≤ T·‖x‖² for all x; W holds the numerators of a tensor.

    Args:
        version: of these fields, `CERTIFICATE_VERSION`.
        tensor: name of the tensor.
        rows: rows of W.
        cols: columns of W.
        denominator: the tensor is W/denominator.
        transpose: whether V = Wᵀ; true exactly when cols > rows.
        weights_sha256: digest of the matrix, `ExactMatrix.sha256` unless the caller gave another.

    Source: Lean ``NormBound rows cols W T (c²)``.
    """

    version: int
    tensor: Annotated[str, msgspec.Meta(max_length=1024)]
    rows: _Dimension
    cols: _Dimension
    denominator: int
    transpose: bool
    weights_sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]

    @property
    def size(self) -> int:
        """The order k of the Gram matrix: min(rows, cols)."""
        return min(self.rows, self.cols)

    @property
    def squared_constant(self) -> tuple[int, int]:
        """(P, Q) with Q·‖Ax‖² ≤ P·‖x‖² for the tensor A = W/denominator; not reduced."""
        return self.T, (self.c * self.denominator) ** 2
