"""A certificate of a norm as a record keeps it, without what the matrix itself says."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from lipbridge.certify.certified import certified
from lipbridge.certify.records import SpectralCertificate
from lipbridge.language.tensor import ExactMatrix


class NormBound(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A bound of σ(W)² with its witness.

    Attributes:
        c, e, T, d, epsilon, L: as in `SpectralCertificate`; a replay checks them.
    """

    c: int
    e: int
    T: int
    d: int
    epsilon: int
    L: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, matrix: ExactMatrix) -> NormBound:
        """Search one; it replays."""
        found = certified(matrix)
        return NormBound(
            c=found.c, e=found.e, T=found.T, d=found.d, epsilon=found.epsilon, L=found.L
        )

    def certificate(self, matrix: ExactMatrix) -> SpectralCertificate:
        """The certificate of a matrix, which nothing has checked."""
        return SpectralCertificate.of(
            matrix, c=self.c, e=self.e, T=self.T, d=self.d, epsilon=self.epsilon, L=self.L
        )

    @property
    def square(self) -> Fraction:
        """σ² of the integers is at most this."""
        return Fraction(self.T, self.c**2)
