"""Derived quantities of the certificate records."""

import dataclasses
from fractions import Fraction

import pytest

from lipbridge.certify.records import PsdCertificate, SpectralCertificate

CERTIFICATE = SpectralCertificate(
    version=1, tensor="w", rows=1, cols=2, transpose=True, c=4, e=2, T=144, d=3, epsilon=3,
    L=((5,),), weights_sha256="0" * 64, denominator=8,
)  # fmt: skip


def test_bounds_in_both_units() -> None:
    assert CERTIFICATE.sigma_squared == Fraction(144, 16)
    assert CERTIFICATE.squared_constant == (144, 32**2)


def test_shape_and_parts() -> None:
    assert (CERTIFICATE.size, CERTIFICATE.length) == (1, 2)
    assert CERTIFICATE.psd == PsdCertificate(e=2, d=3, epsilon=3, L=((5,),))


def test_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        CERTIFICATE.T = 1
