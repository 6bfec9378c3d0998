from __future__ import annotations

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
from lipbridge.report import read_constants

naturals = st.integers(min_value=0, max_value=1 << 600)


@given(naturals)
def test_naturals_read_back(value: int) -> None:
    assert read_constants(f"def a : Nat := {nat_literal(value)}\n").value("a") == value


@given(st.integers())
def test_integers(value: int) -> None:
    text = int_literal(value)
    constructor, magnitude = text[1:-1].split(" ", 1)
    n = read_constants(f"def a : Nat := {magnitude}\n").value("a")
    assert value == (n if constructor == "Int.ofNat" else -n - 1)


def test_lists() -> None:
    assert list_literal([]) == "List.nil"
    assert list_literal(["1", "2"]) == "(List.cons 1 (List.cons 2 List.nil))"


def test_expressions_read_back() -> None:
    a, b = sympy.symbols("a b", nonnegative=True)
    expression = (a + 2 * b) ** 2 * a + 7
    text = f"def e : Nat := {nat_expression(expression)}\n"
    assert sympy.expand(read_constants(text).expression("e") - expression) == 0


@pytest.mark.parametrize("bad", [sympy.Integer(-1), sympy.Rational(1, 2), sympy.sqrt(2), sympy.pi])
def test_unknown_expressions_raise(bad: sympy.Expr) -> None:
    with pytest.raises(ValueError, match="not a natural-number expression"):
        nat_expression(bad)


@given(st.fractions(min_value=0))
def test_decimals_are_never_below(value: Fraction) -> None:
    shown = Fraction(decimal_up(value))
    assert shown >= value
    assert shown - value <= value * Fraction(1, 10**8)
