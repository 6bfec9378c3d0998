"""The records of the certify stage: frozen, made of integers and strings, checked nowhere else.

A record is a *claim with its witness*. Building one proves nothing; `lipbridge.certify.replay`
decides whether exact arithmetic establishes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lipbridge.language.tensor import ExactMatrix

CERTIFICATE_VERSION = 1

Rows = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class PsdCertificate:
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


@dataclass(frozen=True)
class SpectralCertificate:
    """A witness that c²·‖Wx‖² ≤ T·‖x‖² for all x; W holds the numerators of a tensor.

    With V = W, or Wᵀ if W is wider than high, and k = min(rows, cols) columns of V, the integer
    matrix T·I − c²·VᵀV is positive semidefinite because it is e²·LᵀL + d·I + E with every
    |E_ij| ≤ ε and d ≥ k·ε.

    Args:
        version: layout version of the record, `CERTIFICATE_VERSION`.
        tensor: name of the tensor.
        rows: rows of W.
        cols: columns of W.
        transpose: whether V = Wᵀ; true exactly when cols > rows.
        c: scale of W, a power of two.
        e: scale of L, a power of two.
        T: the bound: σ_max(W)² ≤ T/c².
        d: multiple of the identity, d ≥ k·ε.
        epsilon: bound on the entries of the remainder E.
        L: k rows of k integers, a rounded Cholesky factor (lower triangular as searched for).
        weights_sha256: digest of the matrix, `ExactMatrix.sha256` unless the caller gave another.
        denominator: the tensor is W/denominator.

    Source: Lean ``NormBound rows cols W T (c²)``.
    """

    version: int
    tensor: str
    rows: int
    cols: int
    transpose: bool
    c: int
    e: int
    T: int
    d: int
    epsilon: int
    L: Rows
    weights_sha256: str
    denominator: int = 1

    @staticmethod
    def of(
        matrix: ExactMatrix,
        *,
        c: int,
        e: int,
        T: int,
        d: int,
        epsilon: int,
        L: Rows,
        sha256: str = "",
    ) -> SpectralCertificate:
        """A witness for the numerators of a matrix; ``sha256`` is another digest than its own."""
        return SpectralCertificate(
            version=CERTIFICATE_VERSION,
            tensor=matrix.name,
            rows=matrix.rows,
            cols=matrix.cols,
            transpose=matrix.cols > matrix.rows,
            c=c,
            e=e,
            T=T,
            d=d,
            epsilon=epsilon,
            L=L,
            weights_sha256=sha256 or matrix.sha256,
            denominator=matrix.denominator,
        )

    @property
    def size(self) -> int:
        """The order k of the Gram matrix: min(rows, cols)."""
        return min(self.rows, self.cols)

    @property
    def length(self) -> int:
        """The number M of rows of V: max(rows, cols)."""
        return max(self.rows, self.cols)

    @property
    def psd(self) -> PsdCertificate:
        """The part that speaks of positive semidefiniteness only, for F = T·I − c²·VᵀV."""
        return PsdCertificate(self.e, self.d, self.epsilon, self.L)

    @property
    def sigma_squared(self) -> Fraction:
        """Upper bound T/c² on σ_max(W)², W the integer matrix."""
        return Fraction(self.T, self.c**2)

    @property
    def squared_constant(self) -> tuple[int, int]:
        """(P, Q) with Q·‖Ax‖² ≤ P·‖x‖² for the tensor A = W/denominator; not reduced."""
        return self.T, (self.c * self.denominator) ** 2
