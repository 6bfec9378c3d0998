"""Derived quantities of the certificate records."""

from fractions import Fraction

import pytest

from lipbridge.certify.records import SpectralCertificate

CERTIFICATE = SpectralCertificate(
    version=2, tensor="w", rows=1, cols=2, transpose=True, c=4, e=2, T=144, d=3, epsilon=3,
    L=((5,),), weights_sha256="0" * 64, denominator=8,
)  # fmt: skip


def test_bounds_in_both_units() -> None:
    assert CERTIFICATE.sigma_squared == Fraction(144, 16)
    assert CERTIFICATE.squared_constant == (144, 32**2)


def test_order_of_the_gram_matrix() -> None:
    assert CERTIFICATE.size == 1


def test_frozen() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        CERTIFICATE.T = 1  # type: ignore[misc]
