"""Bounds as decimals: a lower one is rounded down, an upper one up, so that both stay true.

NaN, which bounds nothing, is a ``ValueError``.
"""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction


def decimal_up(value: Fraction | float, digits: int = 9) -> str:
    """A decimal of ``digits`` significant digits that is never below ``value``."""
    return _decimal(value, Context(prec=digits, rounding=ROUND_CEILING))


def decimal_down(value: Fraction | float, digits: int = 9) -> str:
    """A decimal of ``digits`` significant digits that is never above ``value``."""
    return _decimal(value, Context(prec=digits, rounding=ROUND_FLOOR))


def decimal_near(value: Fraction | float, digits: int = 9) -> str:
    """A decimal of ``digits`` significant digits near ``value``: for what is no bound."""
    return _decimal(value, Context(prec=digits))


def decimal_given(value: float) -> str:
    """The shortest decimal that a float is read from: what was given, as it was given."""
    return repr(value).removesuffix(".0")


def _decimal(value: Fraction | float, context: Context) -> str:
    if value == math.inf:
        return "∞"
    exact = Fraction(value)
    quotient = context.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    return f"{quotient:f}" if -6 < quotient.adjusted() < context.prec else str(quotient)
