"""Printing exact numbers and sympy expressions as Lean source.

Only syntax built in to the compiler is used: no infix operators, no list brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from flint import fmpz

if TYPE_CHECKING:
    import sympy

__all__ = [
    "decimal_down",
    "decimal_up",
    "fraction_comment",
    "fraction_text",
    "int_literal",
    "list_literal",
    "nat_expression",
    "nat_literal",
    "nested_calls",
]

# Decimal literals parse in quadratic time, and Python itself limits their length.
_MAX_DECIMAL_BITS = 256


def nested_calls(operation: str, terms: Iterable[str]) -> str:
    """``(op (op a b) c)``: an operation applied to terms, the first first; at least one."""
    return reduce(lambda text, term: f"({operation} {text} {term})", terms)


def nat_literal(value: int) -> str:
    """A natural number: decimal where short, ``Nat.pow 2 k`` if it is 2^k, else hexadecimal."""
    assert value >= 0
    if value.bit_length() > 16 and value & (value - 1) == 0:
        return f"(Nat.pow 2 {value.bit_length() - 1})"
    return str(value) if value.bit_length() <= _MAX_DECIMAL_BITS else hex(value)


def int_literal(value: int) -> str:
    """An integer: ``(Int.ofNat n)`` or ``(Int.negSucc n)``, which is −(n+1)."""
    constructor, magnitude = ("ofNat", value) if value >= 0 else ("negSucc", -value - 1)
    return f"(Int.{constructor} {nat_literal(magnitude)})"


def list_literal(items: Sequence[str]) -> str:
    """A list by its constructors."""
    return "".join(f"(List.cons {item} " for item in items) + "List.nil" + ")" * len(items)


def nat_expression(expression: sympy.Expr) -> str:
    """A sympy expression over natural numbers as a Lean ``Nat`` term.

    Sums, products and powers with natural exponents; symbols become identifiers.

    Raises:
        ValueError: an expression that denotes no natural number this printer knows.
    """
    import sympy

    if isinstance(expression, sympy.Symbol):
        return str(expression)
    if isinstance(expression, sympy.Integer) and expression >= 0:
        return nat_literal(int(expression))
    if isinstance(expression, sympy.Pow):
        base, exponent = expression.args
        if isinstance(exponent, sympy.Integer) and exponent >= 0:
            return f"(Nat.pow {nat_expression(base)} {int(exponent)})"
    for kind, name in ((sympy.Mul, "Nat.mul"), (sympy.Add, "Nat.add")):
        if isinstance(expression, kind):
            first, *rest = (nat_expression(argument) for argument in expression.args)
            text = first
            for item in rest:
                text = f"({name} {text} {item})"
            return text
    raise ValueError(f"not a natural-number expression: {expression}")


def fraction_text(value: Fraction) -> str:
    """``p/q``, whole: Python itself prints no integer of more than 4300 digits."""
    return f"{fmpz(value.numerator)}/{fmpz(value.denominator)}"


def fraction_comment(value: Fraction) -> str:
    """A fraction for a docstring; long ones are cut."""
    text = fraction_text(value)
    return text if len(text) <= 60 else f"{text[:40]}… ({len(text)} characters)"


def decimal_up(value: Fraction, digits: int = 9) -> str:
    """A decimal of ``digits`` significant digits that is never below ``value``."""
    return _decimal(value, Context(prec=digits, rounding=ROUND_CEILING))


def decimal_down(value: Fraction, digits: int = 9) -> str:
    """A decimal of ``digits`` significant digits that is never above ``value``."""
    return _decimal(value, Context(prec=digits, rounding=ROUND_FLOOR))


def _decimal(value: Fraction, context: Context) -> str:
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{quotient:f}" if -6 < quotient.adjusted() < context.prec else str(quotient)
