"""Exact numbers as Lean source, and as fractions for docstrings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from flint import fmpz

from lipbridge.decimals import decimal_near
from lipbridge.emit.lean.literals import power

# Decimal literals parse in quadratic time, and Python itself limits their length.
_MAX_DECIMAL_BITS = 256
# Entries of a vector that a docstring shows.
_ENTRIES = 8


def nat_literal(value: int) -> str:
    """A natural number: decimal where short, `power` if it is one of 2, else hexadecimal."""
    assert value >= 0
    if value.bit_length() > 16 and value & (value - 1) == 0:
        return power(value.bit_length() - 1)
    return str(value) if value.bit_length() <= _MAX_DECIMAL_BITS else hex(value)


def int_literal(value: int) -> str:
    """An integer: ``(Int.ofNat n)`` or ``(Int.negSucc n)``, which is −(n+1)."""
    constructor, magnitude = ("ofNat", value) if value >= 0 else ("negSucc", -value - 1)
    return f"(Int.{constructor} {nat_literal(magnitude)})"


def fraction_text(value: Fraction) -> str:
    """``p/q``, whole: Python itself prints no integer of more than 4300 digits."""
    return f"{fmpz(value.numerator)}/{fmpz(value.denominator)}"


def fraction_comment(value: Fraction) -> str:
    """A fraction for a docstring; long ones are cut."""
    text = fraction_text(value)
    return text if len(text) <= 60 else f"{text[:40]}… ({len(text)} characters)"


def ratio_comment(value: Fraction) -> str:
    """A fraction for a docstring, in short decimals besides where it is long."""
    if value.denominator == 1 or len(f"{value}") < 10:
        return f"{value}"
    near = Decimal(decimal_near(value, 6)).normalize()
    short = f"{near:f}" if near.adjusted() > -4 else f"{near:e}"
    return f"{fraction_comment(value)} (about {short})"


def vector_comment(vector: Sequence[Fraction]) -> str:
    """The first entries of a vector for a docstring, in decimals; says so if these are rounded."""
    shown = [decimal_near(value) for value in vector[:_ENTRIES]]
    exact = all(Fraction(text) == value for text, value in zip(shown, vector, strict=False))
    text = ", ".join(shown + ["…"] * (len(vector) > _ENTRIES))
    return f"({text})" if exact else f"({text}; rounded)"


def name_comment(name: str) -> str:
    """A name from a file for a docstring; characters that could end a comment are replaced."""
    return "".join(c if c.isalnum() or c in "._:[] " else "_" for c in name)
