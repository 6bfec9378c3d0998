from __future__ import annotations

import re
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, strategies as st

from lipbridge.emit.lean.printer import (
    decimal_up,
    int_literal,
    list_literal,
    nat_expression,
    nat_literal,
)

naturals = st.integers(min_value=0, max_value=1 << 600)


def read(text: str) -> int:
    """The value of a literal."""
    if power := re.fullmatch(r"\(Nat\.pow 2 (\d+)\)", text):
        return 1 << int(power[1])
    return int(text, 0)


@given(naturals)
def test_naturals_read_back(value: int) -> None:
    assert read(nat_literal(value)) == value


@given(st.integers())
def test_integers(value: int) -> None:
    text = int_literal(value)
    constructor, magnitude = text[1:-1].split(" ", 1)
    n = read(magnitude)
    assert value == (n if constructor == "Int.ofNat" else -n - 1)


def test_lists() -> None:
    assert list_literal([]) == "List.nil"
    assert list_literal(["1", "2"]) == "(List.cons 1 (List.cons 2 List.nil))"


@pytest.mark.parametrize("bad", [sympy.Integer(-1), sympy.Rational(1, 2), sympy.sqrt(2), sympy.pi])
def test_unknown_expressions_raise(bad: sympy.Expr) -> None:
    with pytest.raises(ValueError, match="not a natural-number expression"):
        nat_expression(bad)


@given(st.fractions(min_value=0))
def test_decimals_are_never_below(value: Fraction) -> None:
    shown = Fraction(decimal_up(value))
    assert shown >= value
    assert shown - value <= value * Fraction(1, 10**8)
