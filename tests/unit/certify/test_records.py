"""Derived quantities of the certificate records."""

import dataclasses
from fractions import Fraction

import pytest

from lipbridge.certify.records import PsdCertificate, SpectralCertificate, VectorNorm

CERTIFICATE = SpectralCertificate(
    version=1, tensor="w", rows=1, cols=2, transpose=True, c=4, e=2, T=144, d=3, epsilon=3,
    L=((5,),), weights_sha256="0" * 64, denominator=8,
)  # fmt: skip


def test_bounds_in_both_units() -> None:
    assert CERTIFICATE.sigma_squared == Fraction(144, 16)
    assert CERTIFICATE.upper_fraction() == (3, 1)
    assert CERTIFICATE.squared_constant == (144, 32**2)
    assert CERTIFICATE.upper_fraction_scaled() == (3, 8)


def test_upper_fraction_is_an_upper_bound_with_a_short_denominator() -> None:
    rough = dataclasses.replace(CERTIFICATE, T=33)
    n, d = rough.upper_fraction(3)
    assert d <= 8
    assert n * n * rough.c**2 >= rough.T * d * d
    assert rough.upper_fraction(0) == (2, 1)


def test_shape_and_parts() -> None:
    assert (CERTIFICATE.size, CERTIFICATE.length) == (1, 2)
    assert CERTIFICATE.psd == PsdCertificate(e=2, d=3, epsilon=3, L=((5,),))


def test_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        CERTIFICATE.T = 1


def test_vector_norm() -> None:
    assert VectorNorm("k", 0, 2, 25, "", 4).squared_constant == (25, 16)
