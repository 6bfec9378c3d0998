"""A certificate as exports want it: searched as tight as its size affords, then replayed."""

from __future__ import annotations

from lipbridge.certify.records import SpectralCertificate
from lipbridge.certify.replay import replay
from lipbridge.certify.search import certify_matrix
from lipbridge.language.tensor import ExactMatrix

__all__ = ["certified"]

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
