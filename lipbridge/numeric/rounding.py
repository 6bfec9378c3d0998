"""Exact scalar arithmetic on the few numbers that leave a float64 computation.

Matrices are processed in IEEE binary64; the handful of scalars that come back (a trace, a residual
norm) are taken as exact rationals and combined without rounding. Only the last step rounds, and it
rounds in the direction asked for.

Model of arithmetic, for every elementary operation on float64 operands, with or without fused
multiply-add, in any order of summation and on any device:
``fl(a∘b) = (a∘b)(1+δ) + η`` with ``|δ| ≤ u = 2^−52``, twice what rounding to nearest needs, so
that truncating units and other rounding modes are covered; ``|η| ≤ 2^−1022·max(1, |a|, |b|)``
covers gradual underflow, flush to zero and denormal operands read as zero. A sum of N products
therefore obeys ``|fl(Σ aᵢbᵢ) − Σ aᵢbᵢ| ≤ γ_N Σ|aᵢbᵢ| + N·OMEGA``, ``γ_N = N·u/(1 − N·u)``,
``OMEGA = 2^−900``, as long as operands stay below 2^100.

Source: N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., sections 2.2, 3.1.
"""

from __future__ import annotations

import math
import struct
import sys
from fractions import Fraction

UNIT = Fraction(1, 1 << 52)
OMEGA = Fraction(1, 1 << 900)

# Roots are computed to this many significant bits before the final rounding to 53.
_ROOT_BITS = 80
_INFINITY_BITS = 0x7FF << 52


def gamma(terms: int) -> Fraction:
    """Relative error bound of a sum of ``terms`` products: ``γ_n = n·u/(1 − n·u)``.

    Raises:
        OverflowError: if n·u ≥ 1/2, far beyond any matrix that fits in memory.
    """
    total = terms * UNIT
    if 2 * total >= 1:
        raise OverflowError(f"{terms} terms are too many for a float64 error bound")
    return total / (1 - total)


def sum_up(computed: float, terms: int) -> Fraction:
    """Upper bound of a sum of ``terms`` products ≥ 0, from its float64 value in any order."""
    return (Fraction(computed) + terms * OMEGA) / (1 - gamma(terms))


def sum_down(computed: float, terms: int) -> Fraction:
    """Lower bound (≥ 0) of a sum of ``terms`` products ≥ 0, from its float64 value in any order."""
    return max(Fraction(0), (Fraction(computed) - terms * OMEGA) / (1 + gamma(terms)))


def root_up(square: Fraction) -> Fraction:
    """Rational upper bound of ``√square``, relative error below 2^−70."""
    return _root(square, up=True)


def root_down(square: Fraction) -> Fraction:
    """Rational lower bound of ``√square``, relative error below 2^−70."""
    return _root(square, up=False)


def float_up(value: Fraction) -> float:
    """Smallest float64 that is not below ``value ≥ 0``; ``inf`` beyond the range."""
    exponent = _spacing(value)
    return _assemble(-(-value // Fraction(2) ** exponent), exponent)


def float_down(value: Fraction) -> float:
    """Largest float64 that is not above ``value ≥ 0``; the largest finite one beyond the range."""
    exponent = _spacing(value)
    return min(_assemble(value // Fraction(2) ** exponent, exponent), sys.float_info.max)


def _spacing(value: Fraction) -> int:
    """Exponent of the spacing of float64 numbers around a value: value < 2^53·2^exponent."""
    assert value >= 0, "bounds of norms are not negative"
    if not value:
        return -1074
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    if value >= Fraction(2) ** bits:
        bits += 1
    return max(bits - 53, -1074)


def _assemble(significand: int, exponent: int) -> float:
    """significand·2^exponent from bits: arithmetic would lose denormals where they are flushed."""
    assert 0 <= significand <= 1 << 53, "not a float64 significand"
    bits = ((exponent + 1074) << 52) + significand
    return struct.unpack("<d", struct.pack("<Q", min(bits, _INFINITY_BITS)))[0]


def _root(square: Fraction, *, up: bool) -> Fraction:
    if square <= 0:
        return Fraction(0)
    # Bring the integer under the root to 2·_ROOT_BITS bits at least; the shift is even.
    bits = square.numerator.bit_length() - square.denominator.bit_length()
    shift = 2 * max(0, _ROOT_BITS - bits // 2)
    scaled = (square.numerator << shift) // square.denominator
    root = math.isqrt(scaled)
    if up:
        root += 1  # scaled was rounded down, so even an exact integer root may be too small
    return Fraction(root, 1 << (shift // 2))
