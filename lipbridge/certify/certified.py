"""A certificate as exports want it: searched as tight as its size affords, then replayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from lipbridge.certify.records import NormBound, SpectralCertificate
from lipbridge.certify.replay import replay
from lipbridge.certify.search import certify_matrix
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import SpectralNorm, TensorSlot, TensorSource

_SMALL_ORDER = 64


def certified(matrix: ExactMatrix) -> SpectralCertificate:
    """Find and replay a certificate that σ_max(W)² ≤ T/c².

    The relative slack is 1e-6; small matrices afford longer digits, and get 1e-9.

    Args:
        matrix: W.

    Raises:
        CertificateError: exact replay rejects the certificate (an error of the search).
    """
    small = min(matrix.rows, matrix.cols) <= _SMALL_ORDER
    certificate = certify_matrix(matrix, slack=1e-9 if small else 1e-6)
    replay(matrix, certificate)
    return certificate


def norm_bound(matrix: ExactMatrix) -> NormBound:
    """Find and replay a certificate, as a record keeps it that holds the matrix, too."""
    found = certified(matrix)
    return NormBound(found.e, found.d, found.epsilon, found.L, c=found.c, T=found.T)


def measured_square(slot: TensorSlot, matrix: ExactMatrix) -> Fraction:
    """The exact square of a largest entry or a length.

    Args:
        slot: which of them; not a spectral norm.
        matrix: the slot's tensor.
    """
    assert not isinstance(slot.measure, SpectralNorm), "a spectral norm has a certificate"
    return matrix.square(slot.measure)


def certified_square(
    tensors: Mapping[TensorSource, ExactMatrix],
    certificates: Mapping[TensorSource, SpectralCertificate],
) -> Callable[[TensorSlot], Fraction]:
    """Squares of the sizes that slots ask for: of spectral norms, their certified upper bounds."""

    def square(slot: TensorSlot) -> Fraction:
        if slot.certified:
            return Fraction(*certificates[slot.source].squared_constant)
        return measured_square(slot, tensors[slot.source])

    return square
